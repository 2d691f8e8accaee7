// What is decided without asking anybody: which repositories, when, and whether now.
#include "backfill/discovery.hpp"
#include "backfill/forecast.hpp"
#include "backfill/left_alone.hpp"
#include "backfill/pressure.hpp"
#include "backfill/refusal.hpp"
#include "backfill/schedule.hpp"
#include "backfill/tries.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream::backfill {

namespace {

using std::chrono::seconds;

instant at(int second)
{
    return instant(seconds(second));
}

repository made(std::string const& id, micros updated = 0)
{
    repository one;
    one.id = id;
    one.path = "/" + id;
    one.updated = updated;
    return one;
}

std::string taken(schedule& from, int second)
{
    auto const one = from.take(at(second));
    return one ? one->id : "";
}

}  // namespace

BOOST_AUTO_TEST_CASE(many_repositories_that_are_missing_at_once_are_an_alarm)
{
    BOOST_TEST(!is_alarming(9, 9));
    BOOST_TEST(is_alarming(10, 999));
    BOOST_TEST(!is_alarming(10, 1'000));
    BOOST_TEST(!is_alarming(100, 10'000));
    BOOST_TEST(is_alarming(101, 10'000));
}

BOOST_AUTO_TEST_CASE(new_repositories_are_due_at_once_and_then_when_they_are_put_back)
{
    schedule of;
    of.replace({made("a"), made("b")}, at(10));
    BOOST_TEST(taken(of, 9) == "");
    BOOST_TEST(taken(of, 10) == "a");
    BOOST_TEST(taken(of, 10) == "b");
    BOOST_TEST(taken(of, 10) == "");
    of.put_back("b", at(20));
    of.put_back("a", at(30));
    BOOST_TEST((of.next() == at(20)));
    BOOST_TEST(taken(of, 20) == "b");
    BOOST_TEST(taken(of, 29) == "");
}

BOOST_AUTO_TEST_CASE(what_a_repository_is_compared_by_is_not_kept)
{
    auto const listed = [](micros updated) {
        auto one = made("a", updated);
        one.whole = one.packed = std::string(1'000, 'x');
        return one;
    };
    schedule of;
    for (micros const updated : {1, 2}) {
        of.update({listed(updated)}, at(0));
        auto const kept = of.find("a");
        BOOST_TEST(kept->updated == updated);
        BOOST_TEST((kept->whole + kept->packed).empty());
    }
}

BOOST_AUTO_TEST_CASE(after_a_start_new_ones_are_due_when_it_is_said)
{
    schedule of;
    of.replace({made("a"), made("b")}, at(10), {at(50), at(10)});
    BOOST_TEST(taken(of, 10) == "b");
    BOOST_TEST(taken(of, 49) == "");
    of.replace({made("a"), made("c")}, at(20), {at(90), at(90)});  // one that is known keeps its time
    BOOST_TEST(taken(of, 50) == "a");
}

BOOST_AUTO_TEST_CASE(what_a_former_run_looked_at_waits_for_its_time_unless_it_has_changed)
{
    using namespace std::chrono_literals;
    constexpr bbstream::micros second = 1'000'000;
    auto const now = 100'000 * second;
    auto const unchanged = made("a", 10'000 * second);
    BOOST_TEST((wait_after_start(unchanged, 99'000, true, 6h, now) == 6h - 1'000s));
    BOOST_TEST((wait_after_start(unchanged, 99'000, true, 1'000s, now) == 0s));
    BOOST_TEST((wait_after_start(unchanged, 99'000, false, 6h, now) == 0s));
    BOOST_TEST((wait_after_start(unchanged, 0, true, 6h, now) == 0s));
    BOOST_TEST((wait_after_start(unchanged, 100'001, true, 6h, now) == 0s));  // a clock that went back
    auto const changed = made("a", 99'000 * second - change_overlap);
    BOOST_TEST((wait_after_start(changed, 99'000, true, 6h, now) == 0s));
}

BOOST_AUTO_TEST_CASE(what_changes_or_lacks_something_is_due_at_once)
{
    schedule of;
    of.replace({made("a", 1), made("b", 1)}, at(0));
    taken(of, 0);
    taken(of, 0);
    of.put_back("a", at(100));
    of.put_back("b", at(100));
    of.update({made("a", 1), made("b", 2)}, at(5));
    BOOST_TEST(taken(of, 5) == "b");
    BOOST_TEST(taken(of, 5) == "");
    of.hasten("b", at(6));  // while it is looked at
    of.hasten("nobody", at(6));
    of.put_back("b", at(100));
    BOOST_TEST(taken(of, 6) == "b");
}

BOOST_AUTO_TEST_CASE(a_call_brings_a_repository_forward_and_leaves_it_due_when_it_was)
{
    schedule of;
    of.replace({made("a")}, at(0));
    BOOST_TEST(taken(of, 0) == "a");
    of.put_back("a", at(100));
    BOOST_TEST(of.call("a", at(10)));
    BOOST_TEST(!of.call("b", at(10)));
    BOOST_TEST(taken(of, 9) == "");
    BOOST_TEST(taken(of, 10) == "a");
    BOOST_TEST(!of.is_due("a", at(10)));
    of.put_back_called("a", at(50));
    BOOST_TEST(taken(of, 49) == "");
    BOOST_TEST(taken(of, 50) == "a");
    of.call("a", at(52));
    of.call("a", at(90));  // no later for that
    of.put_back_called("a", std::nullopt);
    BOOST_TEST(taken(of, 51) == "");
    BOOST_TEST(taken(of, 52) == "a");
    of.hasten("a", at(51));
    of.put_back_called("a", std::nullopt);
    BOOST_TEST(of.is_due("a", at(51)));
    BOOST_TEST(taken(of, 51) == "a");
}

BOOST_AUTO_TEST_CASE(one_is_due_for_longest_until_its_look_has_ended)
{
    schedule of;
    BOOST_TEST(!of.longest_due());
    of.replace({made("a"), made("b")}, at(10), {at(10), at(20)});
    BOOST_TEST((of.longest_due() == at(10)));
    BOOST_TEST(taken(of, 15) == "a");
    BOOST_TEST((of.longest_due() == at(10)));
    of.call("a", at(30));  // while it is looked at
    of.hasten("a", at(30));
    BOOST_TEST((of.longest_due() == at(10)));
    of.put_back("a", at(100));
    BOOST_TEST((of.longest_due() == at(20)));
    BOOST_TEST(taken(of, 40) == "b");
    BOOST_TEST(taken(of, 40) == "a");
    BOOST_TEST((of.longest_due() == at(20)));
    of.replace({made("a")}, at(50));  // the other is gone
    BOOST_TEST((of.longest_due() == at(30)));
    of.put_back("b", at(60));
    of.put_back_called("a", std::nullopt);
    of.replace({}, at(70));
    BOOST_TEST(!of.longest_due());
}

BOOST_AUTO_TEST_CASE(a_repository_that_is_gone_is_forgotten_even_while_it_is_looked_at)
{
    schedule of;
    of.replace({made("a"), made("b")}, at(0));
    taken(of, 0);
    of.replace({made("c")}, at(1));
    BOOST_TEST(of.size() == 1u);
    of.put_back("a", at(1));
    BOOST_TEST(taken(of, 1) == "c");
    BOOST_TEST(taken(of, 1) == "");
}

BOOST_AUTO_TEST_CASE(looking_waits_while_the_fold_or_the_sink_is_behind)
{
    pressure now;
    now.journal.first = 1;
    now.journal.last = 1000;
    now.journal.bytes = 1'000'000;
    now.journal_bytes_max = 1'000'000;
    now.applied = now.committed = 1000;
    BOOST_TEST(!must_wait(now));
    now.committed = 499;
    BOOST_TEST(must_wait(now));
    now.committed = 501;
    BOOST_TEST(!must_wait(now));
    now.journal.last = 1001 + records_behind_max;
    now.committed = now.journal.last;
    BOOST_TEST(must_wait(now));
    now.applied = now.journal.last - 1;
    now.folded_received = 1'000'000;
    now.now = now.folded_received + time_behind_max;
    BOOST_TEST(!must_wait(now));
    ++now.now;
    BOOST_TEST(must_wait(now));
    now.applied = now.journal.last;
    BOOST_TEST(!must_wait(now));
    now.journal.writable = false;
    BOOST_TEST(must_wait(now));
}

BOOST_AUTO_TEST_CASE(a_forecast_goes_by_what_looks_took_and_says_what_it_is_if_all_have_changed)
{
    tallies took;
    auto made = expect(took, 10, false, walk_by_id);
    BOOST_TEST(made.requests == 40u);
    BOOST_TEST(made.most == 60u);
    BOOST_TEST(!made.measured);
    BOOST_TEST(expect(took, 10, true, walk_by_id).requests == 60u);
    BOOST_TEST(expect(took, 10, false, walk_by_name).requests == 60u);
    BOOST_TEST(expect(took, 10, false, walk_by_name).most == 110u);
    took.same.add(4);
    made = expect(took, 10, false, walk_by_id);
    BOOST_TEST(made.requests == 40u);
    BOOST_TEST(made.most == 60u);
    BOOST_TEST(made.measured);
    BOOST_TEST(expect(took, 10, false, walk_by_name).most == 90u);
    took.changed.add(10);
    made = expect(took, 3, false, walk_by_id);
    BOOST_TEST(made.requests == 21u);
    BOOST_TEST(made.most == 30u);
    BOOST_TEST(!expect(took, 3, true, walk_by_id).measured);
    took.older = {2, 3};
    made = expect(took, 3, true, walk_by_id);
    BOOST_TEST(made.requests == 26u);  // 3 * (7 + 1.5), rounded up
    BOOST_TEST(made.most == 35u);
    BOOST_TEST(made.measured);
}

BOOST_AUTO_TEST_CASE(what_is_left_alone_goes_with_its_repository)
{
    left_alone of;
    of.add("a", "statuses", at(10));
    of.add("b", "statuses", at(10));
    of.add("b", "pullrequests", at(10));
    of.forget_absent([](std::string const& id) { return id == "a"; });
    BOOST_TEST(of.size() == 1u);
    BOOST_TEST(of.holds("a", "statuses", at(9)));
    BOOST_TEST(!of.holds("b", "statuses", at(9)));
}

BOOST_AUTO_TEST_CASE(what_fails_is_tried_again_after_ever_longer_pauses)
{
    BOOST_TEST((pause_after(0, seconds(60)) == seconds(0)));
    BOOST_TEST((pause_after(1, seconds(60)) == seconds(60)));
    BOOST_TEST((pause_after(3, seconds(60)) == seconds(6'000)));
    using namespace std::chrono_literals;
    for (auto const& [failed, pause] :
         {std::pair(0u, 60s), {1, 60s}, {2, 120s}, {6, 1920s}, {7, 3600s}, {4'000'000'000, 3600s}})
        BOOST_TEST((pause_after_looks(failed, 60s, 3600s) == pause), failed);
    BOOST_TEST((pause_after_looks(9, 60s, 10s) == 60s));
    BOOST_TEST((wait_before_try(4, 1, seconds(60)) == seconds(0)));
    BOOST_TEST(outcome_name(refusal::later) == "failed");
    BOOST_TEST(outcome_name(refusal::absent) == "absent");
    BOOST_TEST(outcome_name(refusal::stopped).empty());
}

BOOST_AUTO_TEST_CASE(what_is_refused_is_left_alone_as_long_as_it_is_of_no_use)
{
    auto const refused = [](unsigned status, rest::header_list headers = {}) {
        rest::response answer;
        answer.status = status;
        answer.headers = std::move(headers);
        return refusal_of(answer);
    };
    BOOST_TEST((refused(401) == refusal::unauthorized));
    BOOST_TEST((refused(401, {{"x-ausername", "bot"}}) == refusal::forbidden));
    BOOST_TEST((refused(403) == refusal::forbidden));
    BOOST_TEST((refused(404) == refusal::absent));
    BOOST_TEST((refused(410) == refusal::removed));
    BOOST_TEST((refused(429) == refusal::later));
    BOOST_TEST((refused(500) == refusal::later));
    BOOST_TEST((refusal_of(failure{failure_kind::permanent, "the certificate"}) == refusal::unauthorized));
    BOOST_TEST((refusal_of(failure{failure_kind::unavailable, "no answer"}) == refusal::later));
    auto const lost = [](unsigned status) {
        rest::response answer;
        answer.status = status;
        return has_lost_place(answer);
    };
    for (unsigned const status : {400u, 404u, 410u, 500u})
        BOOST_TEST(lost(status), status);
    for (unsigned const status : {200u, 401u, 403u, 408u, 429u, 502u, 503u, 504u, 555u})
        BOOST_TEST(!lost(status), status);
    BOOST_TEST((left_alone_for(refusal::unauthorized) == std::chrono::minutes(10)));
    BOOST_TEST((left_alone_for(refusal::forbidden) == std::chrono::hours(24)));
    BOOST_TEST((left_alone_for(refusal::later) == std::chrono::hours(0)));
}

}  // namespace bbstream::backfill
