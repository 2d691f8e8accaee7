// What Data Center tells twice is one event; what happens again is another.
#include "support/folding.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

namespace bbstream {

namespace {

using texts = std::vector<std::string>;

constexpr std::string_view repository = R"("repository":{"id":4,"slug":"ledger","project":{"key":"PAY","id":2}})";

std::string hash_of(char digit)
{
    return std::string(40, digit);
}

struct pull_request {
    int version = 0;
    std::string state = "OPEN";
    char source = 'a';
    std::string closed = "null";

    std::string text() const
    {
        return R"("pullRequest":{"id":5,"version":)" + std::to_string(version) + R"(,"state":")" + state +
               R"(","title":"T","updatedDate":)" + std::to_string(1'758'586'500'000 + version) + R"(,"closedDate":)" +
               closed + R"(,"fromRef":{"id":"refs/heads/f","latestCommit":")" + hash_of(source) +
               R"("},"toRef":{"id":"refs/heads/main","latestCommit":")" + hash_of('b') + R"(",)" +
               std::string(repository) + "}}";
    }
};

// Deliveries of one instance, a second apart each, with ids of their own.
struct server {
    test::folder in;
    int clock = 0;

    test::delivery delivery(std::string const& key, std::string const& members)
    {
        test::delivery of;
        of.platform = product::datacenter;
        of.instance = "dc-main";
        of.event_key = key;
        ++clock;
        of.id = "request-" + std::to_string(clock);
        of.received = test::start_time + clock * micros(1'000'000);
        std::string const second = std::to_string(10 + clock);
        of.body = R"({"eventKey":")" + key + R"(","date":"2025-09-23T03:15:)" + second +
                  R"(+0300","actor":{"name":"ada","id":2125},)" + members + "}";
        return of;
    }

    // The ids of its events, which a second hook's copy does not repeat, byte for byte or not.
    texts tell(std::string const& key, std::string const& members)
    {
        auto of = delivery(key, members);
        texts ids;
        for (auto const& each : in.apply(of))
            ids.push_back(test::type_name(each.type) + " " + test::id_text(each));
        of.id += "-of-another-hook";
        BOOST_TEST(in.apply(of).empty(), of.body);
        of.body.insert(1, " ");
        BOOST_TEST(in.apply(of).empty(), of.body);
        return ids;
    }

    std::string tell_one(std::string const& key, std::string const& members)
    {
        auto const ids = tell(key, members);
        BOOST_TEST_REQUIRE(ids.size() == 1u, key);
        return ids.front();
    }

    std::string review(std::string const& key)
    {
        return tell_one("pr:reviewer:" + key,
                        pull_request().text() + R"(,"participant":{"user":{"name":"ada","id":2125}})");
    }

    texts edit_comment(int version, std::string const& thread, std::string const& text)
    {
        return tell("pr:comment:edited",
                    pull_request().text() + R"(,"previousComment":"x","comment":{"id":62,"text":")" + text +
                        R"(","version":)" + std::to_string(version) + R"(,"threadResolved":)" + thread + "}");
    }
};

void check_distinct(texts const& ids)
{
    BOOST_TEST(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(datacenter)

BOOST_AUTO_TEST_CASE(ids_are_those_of_the_specification)
{
    server at;
    BOOST_TEST(at.tell_one("pr:opened", pull_request().text()) ==
               "pullrequest.opened 788a4d9b-9859-586c-b958-a70bf3e6859d");
    BOOST_TEST(at.review("approved") == "pullrequest.reviewed d010f23f-859d-5c90-a648-30ecbb76d855");
    BOOST_TEST(at.tell_one("pr:merged", pull_request{1, "MERGED", 'a', "1758586555123"}.text()) ==
               "pullrequest.merged 6b8cf2d8-ac73-5a32-834f-f5e19761d75d");
}

BOOST_AUTO_TEST_CASE(a_verdict_that_is_given_again_is_another_fact)
{
    server at;
    check_distinct({at.review("approved"), at.review("unapproved"), at.review("approved"), at.review("needs_work"),
                    at.review("unapproved"), at.review("approved"), at.review("changes_requested")});
    // The same verdict a second time tells nothing new.
    BOOST_TEST(at.in
                   .apply(at.delivery("pr:reviewer:needs_work",
                                      pull_request().text() + R"(,"participant":{"user":{"id":2125}})"))
                   .empty());
    BOOST_TEST(at.in.fold->counts().repeated_facts > 0u);
}

BOOST_AUTO_TEST_CASE(a_source_that_goes_to_and_fro_moves_each_time)
{
    server at;
    texts ids;
    for (char const head : {'c', 'a', 'c', 'a'})
        ids.push_back(at.tell_one("pr:from_ref_updated", pull_request{0, "OPEN", head}.text()));
    check_distinct(ids);
}

BOOST_AUTO_TEST_CASE(a_copy_of_what_was_undone_since_is_none)
{
    server at;
    auto const reviewer = pull_request().text() + R"(,"participant":{"user":{"name":"ada","id":2125}})";
    std::vector<test::delivery> told;
    for (auto const* key : {"approved", "unapproved", "approved", "unapproved"}) {
        told.push_back(at.delivery(std::string("pr:reviewer:") + key, reviewer));
        BOOST_TEST(at.in.apply(told.back()).size() == 1u);
    }
    for (auto& of : told) {
        of.id += "-of-another-hook";
        of.body.insert(1, " ");
        BOOST_TEST(at.in.apply(of).empty(), of.body);
    }
}

BOOST_AUTO_TEST_CASE(one_edit_may_be_two_facts_of_one_version)
{
    server at;
    pull_request const edited{1};
    check_distinct({at.tell_one("pr:modified", edited.text() + R"(,"previousTitle":"S")"),
                    at.tell_one("pr:reviewer:updated", edited.text() + R"(,"addedReviewers":[])")});
    // It was told before, in whatever words.
    BOOST_TEST(at.in.apply(at.delivery("pr:modified", edited.text() + R"(,"previousTitle":"R")")).empty());
}

BOOST_AUTO_TEST_CASE(a_pull_request_that_is_open_again_was_reopened)
{
    server at;
    texts ids;
    ids.push_back(at.tell_one("pr:declined", pull_request{1, "DECLINED", 'a', "1758586555123"}.text()));
    // What was on its way when it was declined does not reopen it.
    BOOST_TEST(at.in.kinds(at.delivery("pr:reviewer:updated", pull_request{1}.text())) ==
                   texts{"pullrequest.reviewers_updated pullrequests/5"},
               boost::test_tools::per_element());
    auto const opened = at.tell("pr:from_ref_updated", pull_request{2, "OPEN", 'c'}.text());
    BOOST_TEST_REQUIRE(opened.size() == 2u);
    BOOST_TEST(opened[0].starts_with("pullrequest.reopened "));
    BOOST_TEST(opened[1].starts_with("pullrequest.source_updated "));
    ids.push_back(opened[0]);
    ids.push_back(at.tell_one("pr:declined", pull_request{3, "DECLINED", 'a', "1758586556123"}.text()));
    ids.push_back(at.tell("pr:from_ref_updated", pull_request{4, "OPEN", 'd'}.text()).front());
    check_distinct(ids);
    BOOST_TEST(at.tell("pr:from_ref_updated", pull_request{4, "OPEN", 'e'}.text()).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_thread_is_resolved_and_reopened_as_often_as_it_is)
{
    server at;
    texts ids;
    for (auto const* resolved : {"true", "false", "true", "false"}) {
        auto const told = at.edit_comment(0, resolved, "x");
        BOOST_TEST_REQUIRE(told.size() == 1u);
        ids.push_back(told.front());
    }
    check_distinct(ids);
    BOOST_TEST(ids[0].starts_with("pullrequest.comment_resolved "));
    BOOST_TEST(ids[1].starts_with("pullrequest.comment_reopened "));
    BOOST_TEST(at.edit_comment(1, "false", "y").front().starts_with("pullrequest.comment_updated "));
    BOOST_TEST(at.edit_comment(2, "true", "z").size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_reply_is_not_resolved_because_its_thread_is)
{
    server at;
    std::string const reply = pull_request().text() + R"(,"commentParentId":61,"previousComment":"x",)";
    auto const thread =
        at.tell_one("pr:comment:edited",
                    reply + R"("comment":{"id":62,"text":"y","version":1,"state":"OPEN","threadResolved":true})");
    BOOST_TEST(thread.starts_with("pullrequest.comment_updated "));
    auto const task =
        at.tell_one("pr:comment:edited",
                    reply + R"("comment":{"id":62,"text":"x","version":2,"severity":"BLOCKER","state":"RESOLVED"})");
    BOOST_TEST(task.starts_with("pullrequest.comment_resolved "));
}

BOOST_AUTO_TEST_CASE(a_repository_may_take_its_old_name_back)
{
    server at;
    auto const named = [](std::string const& name) {
        return R"({"id":4,"name":")" + name + R"(","project":{"id":2}})";
    };
    auto const rename = [&](std::string const& from, std::string const& to) {
        return at.tell_one("repo:modified", R"("old":)" + named(from) + R"(,"new":)" + named(to));
    };
    check_distinct({rename("a", "b"), rename("b", "a"), rename("a", "b")});
}

BOOST_AUTO_TEST_CASE(a_mirror_tells_each_move_of_a_ref)
{
    server at;
    auto const move = [&](char from, char to) {
        return at.tell_one("mirror:repo_synchronized",
                           R"("mirrorServer":{"id":"m"},"changes":[{"ref":{"id":"refs/heads/main"},"fromHash":")" +
                               hash_of(from) + R"(","toHash":")" + hash_of(to) + R"(","type":"UPDATE"}],)" +
                               std::string(repository));
    };
    check_distinct({move('a', 'b'), move('b', 'a'), move('a', 'b')});
}

BOOST_AUTO_TEST_CASE(a_secret_found_again_is_the_same)
{
    server at;
    std::string const place = R"("secretLocations":[{"commitId":")" + hash_of('a') +
                              R"(","path":"p","line":3,"ruleName":"r",)" + std::string(repository) + "}]";
    at.tell_one("repo:secret_detected", place);
    BOOST_TEST(at.in.apply(at.delivery("repo:secret_detected", place)).empty());
}

BOOST_AUTO_TEST_CASE(addresses_of_accounts_are_told_as_the_operator_has_it)
{
    auto const told_by = [](event::address_rule rule) {
        test::folder in;
        test::delivery of;
        of.platform = product::datacenter;
        of.event_key = "repo:forked";
        of.body = R"({"date":"2025-09-23T03:15:10+0300","actor":{"name":"ada","emailAddress":"ada@acme.example",)"
                  R"("id":2125},)" +
                  std::string(repository) + "}";
        event::encoding how;
        how.privacy.account_addresses = rule;
        auto const values = test::encode_all(in.apply(of), how);
        BOOST_TEST_REQUIRE(values.size() == 1u);
        auto const begin = values[0].find(R"("email":)");
        return values[0].substr(begin, values[0].find(R"(,"active")") - begin);
    };
    BOOST_TEST(told_by(event::privacy().account_addresses) == R"("email":null)");
    BOOST_TEST(told_by(event::address_rule::drop) == R"("email":null)");
    BOOST_TEST(told_by(event::address_rule::keep) == R"("email":"ada@acme.example")");
    BOOST_TEST(told_by(event::address_rule::domain) == R"("email":"acme.example")");
    BOOST_TEST(told_by(event::address_rule::sha256) ==
               R"("email":"2a1322415fff1b1aceaebe7855b2c5bd6e9efa5e787d46391f971aea65062ce3")");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace bbstream
