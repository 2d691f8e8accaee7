// What Cloud tells twice is one event; what happens again is another.
#include "base/hex.hpp"
#include "event/digest.hpp"
#include "event/facts.hpp"
#include "support/telling.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream {

namespace {

using test::check_distinct;

constexpr std::string_view uuid = "673a6070-3421-46c9-9d48-90745f7bfe8e";

std::string repository(std::string const& owner = "a0000000-0000-4000-8000-000000000001")
{
    return R"("repository":{"uuid":"{)" + std::string(uuid) + R"(}","full_name":"acme/ledger","owner":{"uuid":"{)" +
           owner + R"(}"}})";
}

std::string status(std::string const& state, std::string const& updated)
{
    return repository() + R"(,"commit_status":{"key":"mybuildtool","state":")" + state + R"(","updated_on":")" +
           updated +
           R"(","links":{"commit":{"href":"http://api.bitbucket.org/2.0/repositories/tk/test/commit/)"
           R"(9fec847784abb10b2fa567ee63b85bd238955d0e"}}})";
}

// A run of a pipeline that ended so many milliseconds after the receive time of the first record.
std::string run(int number, int ended)
{
    auto const nanoseconds = std::to_string(test::start_time * 1000 + ended * micros(1'000'000));
    auto const attribute = [](std::string const& key, std::string const& value) {
        return R"({"key":")" + key + R"(","value":{"stringValue":")" + value + R"("}})";
    };
    return R"("resourceSpans":[{"scopeSpans":[{"spans":[{"name":"bbc.pipeline_run","endTimeUnixNano":")" + nanoseconds +
           R"(","attributes":[)" + attribute("pipeline.uuid", "{ee555555-5555-4555-8555-555555555555}") + "," +
           attribute("pipeline_run.run_number", std::to_string(number)) + "," +
           attribute("pipeline.repository.uuid", "{" + std::string(uuid) + "}") + "]}]}]}]";
}

std::string transfer(std::string const& from, std::string const& to)
{
    return repository(to) + R"(,"previous_owner":{"uuid":"{)" + from + R"(}"})";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cloud)

BOOST_AUTO_TEST_CASE(ids_are_those_of_the_specification)
{
    test::cloud_site at;
    BOOST_TEST(at.tell_one("repo:commit_status_updated", status("SUCCESSFUL", "2015-11-20T08:01:16.433108+00:00")) ==
               "buildstatus.reported cf0cb000-8a2f-5b54-bfc9-ed70ad2dd4b2");
}

BOOST_AUTO_TEST_CASE(a_status_is_told_apart_by_its_state_and_its_time)
{
    test::cloud_site at;
    check_distinct(
        {at.tell_one("repo:commit_status_created", status("INPROGRESS", "2015-11-20T08:01:15.000001+00:00")),
         at.tell_one("repo:commit_status_updated", status("FAILED", "2015-11-20T08:01:15.000001+00:00")),
         at.tell_one("repo:commit_status_updated", status("INPROGRESS", "2015-11-20T08:01:15.000002+00:00"))});
}

BOOST_AUTO_TEST_CASE(a_repository_that_goes_to_and_fro_is_transferred_each_time)
{
    std::string const ada = "a0000000-0000-4000-8000-000000000001";
    std::string const bo = "a0000000-0000-4000-8000-000000000002";
    test::cloud_site at;
    check_distinct({at.tell_one("repo:transfer", transfer(ada, bo)), at.tell_one("repo:transfer", transfer(bo, ada)),
                    at.tell_one("repo:transfer", transfer(ada, bo)), at.tell_one("repo:transfer", transfer(bo, ada))});
}

BOOST_AUTO_TEST_CASE(a_repository_that_goes_there_at_another_time_came_back_unheard)
{
    std::string const one = "a0000000-0000-4000-8000-000000000001", two = "a0000000-0000-4000-8000-000000000002";
    auto const at_hour = [&](std::string const& hour, bool back = false) {
        auto text = back ? transfer(two, one) : transfer(one, two);
        auto const members = std::string_view(R"("repository":{)").size();
        return text.insert(members, R"("updated_on":"2026-08-24T)" + hour + R"(:00:00+00:00",)");
    };
    test::cloud_site at;
    check_distinct({at.tell_one("repo:transfer", at_hour("08")), at.tell_one("repo:transfer", at_hour("09"))});
    BOOST_TEST(at.tell("repo:transfer", at_hour("08")).empty());
    BOOST_TEST(at.tell("repo:transfer", at_hour("09")).empty());
    BOOST_TEST(at.tell("repo:transfer", at_hour("10", true)).size() == 1u);
    BOOST_TEST(at.tell("repo:transfer", at_hour("09")).empty());  // a copy, wherever the repository is by now
    BOOST_TEST(at.tell("repo:transfer", at_hour("10", true)).empty());
}

BOOST_AUTO_TEST_CASE(a_change_that_is_made_again_is_another_where_its_time_says_so)
{
    auto const renamed = [](std::string const& from, std::string const& to, std::string const& more) {
        return repository() + R"(,"changes":{"name":{"old":")" + from + R"(","new":")" + to + R"("})" + more + "}";
    };
    auto const at_second = [](int second) {
        return R"(,"updated_on":{"old":null,"new":"2026-08-24T09:59:0)" + std::to_string(second) + R"(+00:00"})";
    };
    test::cloud_site at;
    check_distinct({at.tell_one("repo:updated", renamed("a", "b", at_second(1))),
                    at.tell_one("repo:updated", renamed("a", "b", at_second(2))),
                    at.tell_one("repo:updated", renamed("a", "b", "")),
                    at.tell_one("repo:updated", renamed("b", "a", "")),
                    at.tell_one("repo:updated", renamed("a", "b", "")),
                    at.tell_one("repo:updated", renamed("b", "a", at_second(9))),
                    at.tell_one("repo:updated", renamed("a", "b", ""))});
}

// Neither changes anything that our model knows.
BOOST_AUTO_TEST_CASE(changes_of_what_is_not_known_are_told_each_time)
{
    auto const changed = [](std::string const& what, std::string const& field, std::string const& updated) {
        return "\"" + what + R"(":{"uuid":"{)" + std::string(uuid) + R"(}","updated_on":"2026-08-)" + updated +
               R"(T09:59:00+00:00"},"changes":{")" + field + R"(":{"old":true,"new":false}})";
    };
    for (std::string const what : {"repository", "project"}) {
        std::string const key = what == "repository" ? "repo:updated" : "project:updated";
        test::cloud_site at;
        check_distinct(
            {at.tell_one(key, changed(what, "has_wiki", "23")), at.tell_one(key, changed(what, "has_issues", "24"))});
    }
}

BOOST_AUTO_TEST_CASE(ends_of_a_run_are_told_apart_by_the_second)
{
    test::cloud_site at;
    std::string const key = "pipeline:span_created";
    check_distinct({at.tell_one(key, run(1, 0)), at.tell_one(key, run(1, 2000)), at.tell_one(key, run(2, 2000))});
    // 2026-08-24T10:00:00.041Z is the first; this one ended in the same second.
    BOOST_TEST(at.ids_of(at.make(key, run(1, 400))).empty());
}

BOOST_AUTO_TEST_CASE(of_an_attribute_the_first_name_counts_and_a_span_before_its_resource)
{
    auto const attribute = [](std::string const& key, std::string const& value) {
        return R"({"key":")" + key + R"(","value":{"stringValue":")" + value + R"("}})";
    };
    auto const result = [&](std::string const& own, std::string const& shared) {
        test::cloud_site at;
        auto const events = at.in.apply(at.make(
            "pipeline:span_created", R"("resourceSpans":[{"resource":{"attributes":[)" + shared + R"(,{"key":1},2,)" +
                                         attribute("pipeline.repository.uuid", "r1") +
                                         R"(]},"scopeSpans":[{"spans":[{"name":"bbc.pipeline_run","attributes":[)" +
                                         own + "," + attribute("pipeline.uuid", "p1") + R"(]}]}]}])"));
        BOOST_TEST_REQUIRE(events.size() == 2u);
        return std::string(std::get<event::pipeline_run_fact>(events[0].data).run->source_result.value_or("none"));
    };
    std::string const first = "pipeline.state.result.name";
    std::string const second = "pipeline_run.state.result.name";
    BOOST_TEST(result(attribute(first, "A"), attribute(first, "B")) == "A");
    BOOST_TEST(result(attribute(second, "A"), attribute(first, "B")) == "B");
    BOOST_TEST(result(attribute(second, "A"), attribute(second, "B")) == "A");
    BOOST_TEST(result(attribute(second, "A") + "," + attribute(first, "C"), attribute(second, "B")) == "C");
    BOOST_TEST(result(attribute(first, "A") + "," + attribute(first, "C"), attribute(second, "B")) == "A");
    BOOST_TEST(result(attribute(first, ""), attribute(first, "B")) == "none");
    BOOST_TEST(result("{\"key\":\"" + first + "\",\"value\":1}", attribute(first, "B")) == "B");
}

// With what is no event of its own, and once a body.
BOOST_AUTO_TEST_CASE(all_spans_of_a_delivery_come_as_they_are_behind_its_events)
{
    test::cloud_site at;
    auto of = at.make("pipeline:span_created", run(1, 0));
    auto const events = at.in.apply(of);
    BOOST_TEST_REQUIRE(events.size() == 2u);
    BOOST_TEST(test::type_name(events[0].type) == "pipelinerun.finished");
    auto const& raw = events[1];
    BOOST_TEST(test::type_name(raw.type) == "delivery.received");
    BOOST_TEST(raw.position.index == 1u);
    BOOST_TEST(std::get<event::otlp_spans>(raw.data).body == of.body);
    BOOST_TEST(raw.delivery->partition_key == "cloud:" + std::string(uuid));
    BOOST_TEST(raw.subject == "deliveries/request-1");

    event::fact_name name;
    auto const id = event::delivery_fact(name, "cloud", "request-1", to_hex(event::sha256(of.body)));
    BOOST_TEST((raw.id == id));
    BOOST_TEST(at.in.apply(of).empty());
    of.id = "request-of-another-hook";
    BOOST_TEST(at.in.apply(of).empty());
    BOOST_TEST(at.in.kinds(at.make("pipeline:span_created", R"("resourceSpans":[])")) ==
               test::texts{"delivery.received deliveries/request-2"});
    BOOST_TEST(at.in.kinds(at.make("pipeline:span_created", R"("resourceSpans":{})")) ==
               test::texts{"unknown.received deliveries/request-3"});
}

BOOST_AUTO_TEST_CASE(spans_that_tell_of_no_end_are_counted)
{
    test::cloud_site at;
    BOOST_TEST(at.ids_of(at.make("pipeline:span_created", R"("resourceSpans":[])")).empty());
    BOOST_TEST(at.in.fold->counts().empty_pushes == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace bbstream
