// What Data Center's push log tells of changes that webhooks lost, folded between walks and webhooks.
#include "normalize/reconcile_view.hpp"
#include "support/folding.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

namespace bbstream {

namespace {

using namespace test;
using strings = std::vector<std::string>;

constexpr micros second = 1'000'000;
constexpr int grace = 30;
std::string const repository = R"({"id":7,"slug":"one","project":{"id":1,"key":"PLAT"}})";

std::string hash(char name)
{
    return std::string(40, name);
}

// "ab": the branch was moved from a to b; 0 for none.
std::string ref_change(std::string const& move, std::string const& branch)
{
    auto const* const type = move[0] == '0' ? "ADD" : move[1] == '0' ? "DELETE" : "UPDATE";
    return R"({"ref":{"id":"refs/heads/)" + branch + R"(","displayId":")" + branch +
           R"(","type":"BRANCH"},"refId":"refs/heads/)" + branch + R"(","fromHash":")" + hash(move[0]) +
           R"(","toHash":")" + hash(move[1]) + R"(","type":")" + type + R"("})";
}

// A repository of Data Center whose main branch stands at a, as REST has shown it, and its records half a minute apart.
struct logged_world {
    folder in;
    micros now = start_time;
    strings values, ids;  // of the last record
    strings all_ids;      // of refs
    std::vector<delivery> records;
    std::uint64_t asof = 0;  // of the next log

    logged_world() { walk("main=a"); }

    strings push(std::string const& move, micros when)
    {
        return apply({.body = R"({"eventKey":"repo:refs_changed","date":)" + std::to_string(when / 1000) +
                              R"(,"actor":{"id":3,"name":"ada","type":"NORMAL"},"repository":)" + repository +
                              R"(,"changes":[)" + ref_change(move, "main") + "]}",
                      .event_key = "repo:refs_changed"});
    }

    // "main=a feature=b": all branches; no tags.
    strings walk(std::string const& branches)
    {
        std::string list;
        for (std::size_t at = 0; at < branches.size();) {
            auto const equals = branches.find('=', at);
            list += (list.empty() ? "" : ",") + (R"({"id":"refs/heads/)" + branches.substr(at, equals - at) +
                                                 R"(","latestCommit":")" + hash(branches[equals + 1]) + R"("})");
            at = equals + 3;
        }
        asof = in.next - 1;
        auto kinds = answer("rest:branches", R"(,"page":0,"next":"/tags")", R"({"values":[)" + list + "]}");
        auto const more = answer("rest:tags", R"(,"page":1)", R"({"values":[]})");
        kinds.insert(kinds.end(), more.begin(), more.end());
        asof = in.next - 1;
        return kinds;
    }

    strings look_up(std::string const& branch)
    {
        return answer("rest:ref", R"(,"ref":"refs/heads/)" + branch + R"(","found":false)", "{}");
    }

    // "ab bc": what happened in this order, a second apart from `begin` on; the log shows the newest first.
    strings log(std::string const& moves, micros begin, std::string const& branch = "main")
    {
        std::string list;
        for (std::size_t at = 0; at < moves.size(); at += 3)
            list = R"({"id":)" + std::to_string(at + 1) + R"(,"createdDate":)" +
                   std::to_string((begin + static_cast<micros>(at / 3) * second) / 1000) +
                   R"(,"user":{"id":3,"name":"ada","type":"NORMAL"},"trigger":"push","refChange":)" +
                   ref_change(moves.substr(at, 2), branch) + "}" + (list.empty() ? "" : ",") + list;
        return take_log(R"({"values":[)" + list + "]}");
    }

    strings take_log(std::string const& body)
    {
        return answer("rest:pushlog", R"(,"page":0,"ref":"refs/heads/main")", body);
    }

    normalize::reconcile_view view() { return normalize::view_reconciliation(*in.state, "dc", "7"); }

   private:
    strings answer(std::string const& key, std::string const& more, std::string const& body)
    {
        return apply({.body = body,
                      .event_key = key,
                      .origin = journal::origin::poll,
                      .meta = R"({"repository":)" + repository + R"(,"asof":)" + std::to_string(asof) + R"(,"grace":)" +
                              std::to_string(grace) + more + "}"});
    }

    strings apply(delivery what)
    {
        what.platform = product::datacenter;
        what.instance = "dc";
        what.received = now;
        now += grace * second;
        records.push_back(what);
        auto const events = in.apply(what);
        values = encode_all(events);
        ids = ids_of(events);
        for (std::size_t at = 0; at < events.size(); ++at)
            if (std::holds_alternative<event::ref_change>(events[at].data))
                all_ids.push_back(ids[at]);
        return kinds_of(events);
    }
};

constexpr micros before = start_time - 1000 * second;

// The ids of what webhooks tell of these moves, a second apart.
strings ids_of_webhooks(std::string const& moves)
{
    logged_world told;
    for (std::size_t at = 0; at < moves.size(); at += 3)
        told.push(moves.substr(at, 2), before + static_cast<micros>(at / 3) * second);
    return told.all_ids;
}

// As many changes of the branch, by what they are; one gap is before all of them.
strings lost(strings const& changes)
{
    strings kinds{"system.gap_detected refs/heads/main"};
    for (auto const& each : changes)
        kinds.push_back("ref." + each + " refs/heads/main");
    kinds.push_back("system.backfill_started backfills/5");
    return kinds;
}

strings const summed{"system.gap_detected refs/heads/main", "ref.updated refs/heads/main"};

bool begins_with(strings const& kinds, strings const& wanted)
{
    return kinds.size() >= wanted.size() && std::equal(wanted.begin(), wanted.end(), kinds.begin());
}

bool has(std::string const& value, std::string_view what)
{
    return value.find(what) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_CASE(lost_pushes_are_told_one_by_one_with_the_ids_of_their_webhooks)
{
    logged_world of;
    BOOST_TEST(of.walk("main=c").empty());
    BOOST_TEST(of.log("ab bc", before) == lost({"updated", "updated"}), boost::test_tools::per_element());
    BOOST_TEST(of.all_ids == ids_of_webhooks("ab bc"), boost::test_tools::per_element());
    BOOST_TEST(of.walk("main=c").empty());
    BOOST_TEST(of.view().doubts.empty());
    BOOST_TEST_REQUIRE(of.view().include.size() == 1u);
    BOOST_TEST(of.view().include[0].hash == hash('c'));
    BOOST_TEST(of.in.fold->counts().reconstructed_changes == 2u);
}

BOOST_AUTO_TEST_CASE(each_says_who_did_it_and_when)
{
    logged_world of;
    of.walk("main=c");
    of.log("ab bc", before);
    BOOST_TEST_REQUIRE(of.values.size() == 4u);
    for (auto const& each : {of.values[1], of.values[2]}) {
        BOOST_TEST(has(each, R"("username":"ada")"));
        BOOST_TEST(has(each, R"("bbtimebasis":"rest")"));
        BOOST_TEST(has(each, R"("bborigin":"poll")"));
        BOOST_TEST(has(each, R"("reconstructed":true)"));
    }
    BOOST_TEST(has(of.values[1], R"("time":"2026-08-24T09:43:20.041000Z")"));
    BOOST_TEST(has(of.values[2], R"("time":"2026-08-24T09:43:21.041000Z")"));
    // What bbstream says of itself nobody else has done.
    for (auto const& each : {of.values[0], of.values[3]}) {
        BOOST_TEST(has(each, R"("actor":null)"));
        BOOST_TEST(has(each, R"("bbtimebasis":"received")"));
    }
    BOOST_TEST(has(of.values[0], R"("oldSha":")" + hash('a') + R"(","newSha":")" + hash('c')));
}

BOOST_AUTO_TEST_CASE(a_branch_that_was_deleted_and_made_again_is_told_as_both)
{
    logged_world of;
    of.walk("main=b");
    BOOST_TEST(of.log("a0 0b", before) == lost({"deleted", "created"}), boost::test_tools::per_element());
    BOOST_TEST(of.all_ids == ids_of_webhooks("a0 0b"), boost::test_tools::per_element());
    BOOST_TEST(of.walk("main=b").empty());
    BOOST_TEST(of.view().doubts.empty());
}

BOOST_AUTO_TEST_CASE(a_branch_that_is_gone_ends_its_gap_at_once)
{
    logged_world of;
    of.walk("");
    auto kinds = lost({"updated", "deleted"});
    kinds.emplace_back("system.backfill_finished backfills/5");
    BOOST_TEST(of.log("ab b0", before) == kinds, boost::test_tools::per_element());
    BOOST_TEST(of.view().doubts.empty());
    BOOST_TEST(of.walk("").empty());
    BOOST_TEST(of.look_up("main").empty());
}

BOOST_AUTO_TEST_CASE(a_branch_that_moved_there_and_back_has_an_occurrence_for_each)
{
    logged_world of;
    of.walk("main=b");
    BOOST_TEST(of.log("ab ba ab", before) == lost({"updated", "updated", "updated"}), boost::test_tools::per_element());
    BOOST_TEST(of.all_ids == ids_of_webhooks("ab ba ab"), boost::test_tools::per_element());
    BOOST_TEST(std::ranges::count(of.all_ids, of.all_ids.front()) == 1);
    BOOST_TEST(of.walk("main=b").empty());
}

BOOST_AUTO_TEST_CASE(webhooks_that_come_after_it_are_no_news)
{
    logged_world of;
    of.walk("main=d");
    of.log("ab bc cd", before);
    for (int at = 2; at >= 0; --at)
        BOOST_TEST(of.push(std::string("abcd").substr(static_cast<std::size_t>(at), 2), before + at * second).empty());
    BOOST_TEST(of.push("de", of.now) == (strings{"ref.updated refs/heads/main"}), boost::test_tools::per_element());
}

// No change stands for others that may be late.
BOOST_AUTO_TEST_CASE(what_leaves_a_former_head_after_it_is_a_gap)
{
    logged_world of;
    of.walk("main=c");
    of.log("ab bc", before);
    BOOST_TEST(of.push("ax", of.now) == summed, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_a_webhook_has_moved_since_it_was_read_is_left_alone)
{
    logged_world of;
    of.walk("main=c");
    of.push("ab", before);
    BOOST_TEST(of.log("ab bc", before).empty());
    BOOST_TEST(of.log("bc", before + second).empty());
    auto const kinds = of.walk("main=c");
    BOOST_TEST(begins_with(kinds, summed));
    BOOST_TEST(of.all_ids == ids_of_webhooks("ab bc"), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(where_it_does_not_go_on_from_the_head_one_change_joins_the_ends)
{
    logged_world of;
    of.walk("main=d");
    for (auto const* const log : {"bc cd", "", "0b bc"})
        BOOST_TEST(of.log(log, before).empty());
    BOOST_TEST(of.log("ab bd", before, "other").empty());
    BOOST_TEST(begins_with(of.walk("main=d"), summed));
    BOOST_TEST(of.all_ids == ids_of_webhooks("ad"), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_follows_a_hole_in_it_is_joined)
{
    logged_world of;
    of.walk("main=e");
    BOOST_TEST(of.log("ab bc de", before) == lost({"updated", "updated"}), boost::test_tools::per_element());
    BOOST_TEST(begins_with(of.walk("main=e"), summed));
    BOOST_TEST(of.all_ids == ids_of_webhooks("ab bc ce"), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_ref_that_is_not_in_doubt_for_long_enough_is_left_alone)
{
    logged_world of;
    BOOST_TEST(of.log("ab", before).empty());
    of.walk("main=b");
    of.now -= 2 * grace * second;
    BOOST_TEST(of.log("ab", before).empty());
    of.now += grace * second;
    BOOST_TEST(of.log("ab", before) == (strings{"system.gap_detected refs/heads/main", "ref.updated refs/heads/main",
                                                "system.backfill_started backfills/7"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_no_log_changes_nothing)
{
    logged_world of;
    of.walk("main=b");
    for (auto const* const body :
         {"{}", R"({"values":[1]})", R"({"values":[{}]})", R"({"values":[{"refChange":{}}]})"}) {
        BOOST_TEST(of.take_log(body).empty());
    }
    BOOST_TEST(of.view().doubts.size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_view_says_which_refs_it_is_to_be_read_of)
{
    logged_world of;
    of.push("ab", before);
    of.walk("main=c other=d");
    auto const doubted = of.view().doubted;
    BOOST_TEST_REQUIRE(doubted.size() == 2u);
    BOOST_TEST(doubted[0].name == "refs/heads/main");
    BOOST_TEST((doubted[0].stands == state::head::of_hex(hash('b'))));
    BOOST_TEST((doubted[0].seen == state::head::of_hex(hash('c'))));
    BOOST_TEST(doubted[0].known_at == state::to_seconds(before));
    BOOST_TEST(doubted[1].stands.none());
    BOOST_TEST(doubted[1].known_at == 0u);
    of.push("bc", before + second);
    BOOST_TEST_REQUIRE(of.view().doubted.size() == 1u);
    BOOST_TEST(of.view().doubted[0].name == "refs/heads/other");
}

BOOST_AUTO_TEST_CASE(folded_again_it_gives_the_same_bytes)
{
    logged_world of;
    of.push("ab", before);
    of.walk("main=b");
    of.walk("main=e");
    strings const kinds = of.log("bc cb bd de", before + 100 * second);
    BOOST_TEST(kinds.size() == 6u);
    auto const whole = of.values;
    folder again;
    strings values;
    for (auto const& each : of.records)
        values = encode_all(again.apply(each));
    BOOST_TEST(values == whole, boost::test_tools::per_element());
}

}  // namespace bbstream
