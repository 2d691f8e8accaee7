// Short hashes in Cloud's pull requests are filled from the refs that pushes have told of.
#include "support/folding.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream {

namespace {

std::string push(std::string const& branch, char head)
{
    return R"({"push":{"changes":[{"old":null,"new":{"type":"branch","name":")" + branch + R"(","target":{"hash":")" +
           std::string(40, head) + R"("}},"commits":[]}]},"repository":{"uuid":"{r1}"}})";
}

std::string side(std::string const& name, std::string const& branch, char head, std::string const& repository)
{
    return "\"" + name + R"(":{"branch":{"name":")" + branch + R"("},"commit":{"hash":")" + std::string(12, head) +
           R"("},"repository":{"uuid":"{)" + repository + R"(}"}})";
}

std::string created(char source, char target, std::string const& from = "r1")
{
    return R"({"repository":{"uuid":"{r1}"},"pullrequest":{"id":1,"title":"t","state":"OPEN",)" +
           side("source", "feature", source, from) + "," + side("destination", "main", target, "r1") +
           R"(,"merge_commit":{"hash":")" + std::string(12, target) +
           R"("},"updated_on":"2026-08-24T08:00:00+00:00"}})";
}

std::string shown(event::hash const& hash)
{
    return std::string(hash.sha.value_or("-")).substr(0, 1) + std::string(hash.short_sha.value_or("-")).substr(0, 1);
}

// What a pull request shows of its source, its target and its merge: "aa" for a hash in full, "-a" for a short one.
std::string told(std::string const& body)
{
    test::folder in;
    in.apply({.body = push("feature", 'a'), .id = "1"});
    in.apply({.body = push("main", 'b'), .id = "2"});
    auto const events = in.apply({.body = body, .event_key = "pullrequest:created", .id = "3"});
    BOOST_TEST_REQUIRE(events.size() == 1u);
    auto const& of = *std::get<event::pull_request_fact>(events.front().data).pull_request;
    return shown(of.source.head) + shown(of.target.head) + shown(of.merge_commit);
}

}  // namespace

BOOST_AUTO_TEST_CASE(short_hashes_of_known_heads_are_told_in_full)
{
    BOOST_TEST(told(created('a', 'b')) == "aabbbb");
}

BOOST_AUTO_TEST_CASE(short_hashes_of_other_commits_stay_short)
{
    BOOST_TEST(told(created('c', 'd')) == "-c-d-d");
}

BOOST_AUTO_TEST_CASE(a_branch_of_a_fork_is_not_that_of_the_same_name_here)
{
    BOOST_TEST(told(created('a', 'b', "r2")) == "-abbbb");
}

}  // namespace bbstream
