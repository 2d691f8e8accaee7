// Build statuses as REST lists them, folded between webhooks.
#include "support/folding.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream {

namespace {

using strings = std::vector<std::string>;

std::string const commit(40, 'c');

struct built_repository {
    product platform = product::cloud;
    test::folder in;
    std::string meta, body;
    strings values;

    static std::string cloud_status(std::string const& state, int minute)
    {
        return R"({"key":"ci","state":")" + state + R"(","updated_on":"2026-08-20T10:)" + std::to_string(10 + minute) +
               R"(:00+00:00","commit":{"hash":")" + commit + R"("}})";
    }
    std::string status(std::string const& state, int minute) const
    {
        if (platform == product::cloud)
            return cloud_status(state, minute);
        return R"({"key":"ci","state":")" + state + R"(","url":"https://ci.example/1","dateAdded":)" +
               std::to_string(1'787'220'000'000 + minute * 60'000) + "}";
    }

    // A whole look at one commit, asked for by a part of its hash.
    strings look(std::string const& statuses) { return look_shows(R"({"values":[)" + statuses + "]}"); }
    strings look_shows(std::string const& answer)
    {
        auto const repository =
            platform == product::cloud ? R"({"uuid":"{r1}"})" : R"({"id":1,"slug":"one","project":{"key":"P"}})";
        meta = std::string(R"({"repository":)") + repository + R"(,"page":0,"commit":")" +
               commit.substr(0, platform == product::cloud ? 12 : 40) + R"(","last":true})";
        body = answer;
        return apply("rest:statuses", journal::origin::poll);
    }
    strings webhook(std::string const& state, int minute)
    {
        meta.clear();
        body = R"({"repository":{"uuid":"{r1}"},"commit_status":)" + cloud_status(state, minute) + "}";
        return apply("repo:commit_status_updated", journal::origin::webhook);
    }
    strings push()
    {
        meta.clear();
        body = R"({"push":{"changes":[{"old":null,"new":{"type":"branch","name":"f","target":{"hash":")" + commit +
               R"("}},"commits":[{"hash":")" + commit + R"("}]}]},"repository":{"uuid":"{r1}"}})";
        return apply("repo:push", journal::origin::webhook);
    }

   private:
    // Their ids.
    strings apply(std::string const& key, journal::origin origin)
    {
        auto const events = in.apply(
            {.body = body, .event_key = key, .platform = platform, .instance = "here", .origin = origin, .meta = meta});
        values = test::encode_all(events);
        return test::ids_of(events);
    }
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_first_look_ends_with_a_commit_that_is_not_found_too)
{
    built_repository of;
    BOOST_TEST(of.look_shows("{}").empty());
    BOOST_TEST(of.look(of.status("INPROGRESS", 1)).size() == 1u);
}

BOOST_AUTO_TEST_CASE(statuses_at_first_sight_are_no_news_and_later_ones_are_told_once)
{
    for (auto const platform : {product::cloud, product::datacenter}) {
        built_repository of;
        of.platform = platform;
        BOOST_TEST(of.look(of.status("INPROGRESS", 1)).empty());
        BOOST_TEST(of.look(of.status("INPROGRESS", 1)).empty());
        BOOST_TEST(of.look(of.status("SUCCESSFUL", 2)).size() == 1u);
        BOOST_TEST(of.values.front().find(R"("sourceState":"SUCCESSFUL")") != std::string::npos);
        BOOST_TEST(of.values.front().find(R"("sha":")" + commit) != std::string::npos);
        BOOST_TEST(of.look(of.status("SUCCESSFUL", 2)).empty());
        BOOST_TEST(of.look(of.status("INPROGRESS", 1)).empty());  // an old answer
    }
}

BOOST_AUTO_TEST_CASE(a_lost_status_has_the_id_of_its_webhook)
{
    built_repository told, missed;
    told.look("");
    missed.look("");
    auto const ids = told.webhook("FAILED", 3);
    BOOST_TEST(ids.size() == 1u);
    BOOST_TEST(told.look(told.status("FAILED", 3)).empty());
    BOOST_TEST(missed.look(missed.status("FAILED", 3)) == ids);
    BOOST_TEST(missed.webhook("FAILED", 3).empty());
}

BOOST_AUTO_TEST_CASE(statuses_of_a_commit_that_was_told_are_news_at_first_sight)
{
    built_repository of;
    BOOST_TEST(of.push().size() == 2u);
    BOOST_TEST(of.look(of.status("FAILED", 3)).size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_lacks_a_part_of_its_id_is_left_out)
{
    for (auto const platform : {product::cloud, product::datacenter}) {
        built_repository of;
        of.platform = platform;
        of.look("");
        BOOST_TEST(of.look(R"({"key":"ci","state":"FAILED"},{"state":"FAILED"},7,)" + of.status("FAILED", 1)).size() ==
                   1u);
    }
}

}  // namespace bbstream
