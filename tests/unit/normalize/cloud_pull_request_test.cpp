// What Cloud's pull requests tell in several deliveries: what an update was of, and what is told twice.
#include "support/telling.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream {

namespace {

using test::check_distinct;
using test::texts;

constexpr std::string_view repository = R"("repository":{"uuid":"{3deb8c29-778a-450c-8f69-3e50a18079df}"})";

// A pull request as it is at one second.
struct pull_request {
    int second = 0;
    std::string title = "Reconcile nightly";
    std::string description = "";
    std::string draft = "false";
    std::string source = "aaaaaaaaaaaa";
    std::string target = "main";
    std::string target_head = "111111111111";
    texts reviewers = {};
    std::string state = "OPEN";

    std::string updated_on() const
    {
        return "2026-08-24T09:00:" + std::string(second < 10 ? "0" : "") + std::to_string(second) + ".000001+00:00";
    }

    std::string members() const
    {
        std::string people;
        for (auto const& each : reviewers)
            people += (people.empty() ? "" : ",") + account(each);
        auto const side = [](std::string const& branch, std::string const& hash) {
            return R"({"branch":{"name":")" + branch + R"("},"commit":{"hash":")" + hash + R"("}})";
        };
        return std::string(repository) + R"(,"pullrequest":{"id":1,"title":")" + title + R"(","description":")" +
               description + R"(","draft":)" + draft + R"(,"state":")" + state + R"(","source":)" +
               side("feature", source) + R"(,"destination":)" + side(target, target_head) + R"(,"reviewers":[)" +
               people + R"(],"created_on":"2026-08-24T08:00:00.000001+00:00","updated_on":")" + updated_on() + R"("})";
    }

    static std::string account(std::string const& name) { return R"({"uuid":"{)" + name + R"(}"})"; }

    std::string approval(std::string const& member, int at) const
    {
        auto of = *this;
        of.second = at;
        return members() + R"(,")" + member + R"(":{"date":")" + of.updated_on() + R"(","user":)" + account("ada") +
               "}";
    }

    std::string comment(std::string const& more = "") const
    {
        return members() + R"(,"comment":{"id":17,"content":{"raw":"Why?"},"updated_on":")" + updated_on() + "\"" +
               more + "}";
    }
};

std::string shown(event::text of)
{
    return std::string(of.value_or("?"));
}

std::string shown(event::field_value const& of)
{
    if (auto const* text = std::get_if<std::string_view>(&of))
        return std::string(*text);
    if (auto const* truth = std::get_if<bool>(&of))
        return *truth ? "true" : "false";
    return "?";
}

std::string shown(std::string const& sign, std::optional<std::span<event::actor const>> const& people)
{
    std::string text = people ? "" : " " + sign + "?";
    for (auto const& each : people.value_or(std::span<event::actor const>()))
        text += " " + sign + shown(each.id);
    return text;
}

// The type, and what its data say of before and after.
struct describe {
    std::string operator()(event::pull_request_source_updated const& of) const
    {
        return " " + shown(of.before.short_sha) + " " + shown(of.after.short_sha);
    }
    std::string operator()(event::pull_request_target_updated const& of) const
    {
        return " " + shown(of.ref_before) + "@" + shown(of.before.short_sha) + " " + shown(of.ref_after) + "@" +
               shown(of.after.short_sha);
    }
    std::string operator()(event::pull_request_reviewers_updated const& of) const
    {
        return shown("+", of.added) + shown("-", of.removed);
    }
    std::string operator()(event::pull_request_updated const& of) const
    {
        std::string text = of.changes ? "" : " ?";
        for (auto const& each : of.changes.value_or(event::field_changes()))
            text += " " + std::string(each.field) + ":" + shown(each.before) + ">" + shown(each.after);
        return text;
    }
    std::string operator()(event::pull_request_reviewed const& of) const
    {
        return " " + shown(of.previous_verdict) + " " + std::string(of.verdict);
    }
    template <class Other>
    std::string operator()(Other const&) const
    {
        return "";
    }
};

struct site : test::cloud_site {
    texts say(std::string const& key, std::string const& members)
    {
        texts said;
        for (auto const& each : in.apply(make("pullrequest:" + key, members)))
            said.push_back(test::type_name(each.type).substr(std::string_view("pullrequest.").size()) +
                           std::visit(describe(), each.data));
        return said;
    }
};

void check(texts const& said, texts const& expected)
{
    BOOST_TEST(said == expected, boost::test_tools::per_element());
}

struct opened : site {
    pull_request of;
    opened() { check(say("created", of.members()), {"opened"}); }

    texts update()
    {
        ++of.second;
        return say("updated", of.members());
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(cloud_pull_request, opened)

BOOST_AUTO_TEST_CASE(ids_are_those_of_the_specification)
{
    test::cloud_site at;
    std::string const update =
        std::string(repository) + R"(,"pullrequest":{"id":1,"updated_on":"2026-07-30T01:35:49.207341+00:00"})";
    BOOST_TEST(at.tell_one("pullrequest:updated", update) ==
               "pullrequest.updated 1867b458-7360-58ae-ac82-697096c64c96");
}

BOOST_AUTO_TEST_CASE(an_update_is_of_what_differs)
{
    of.source = "bbbbbbbbbbbb";
    check(update(), {"source_updated aaaaaaaaaaaa bbbbbbbbbbbb"});
    of.target_head = "222222222222";
    check(update(), {"target_updated refs/heads/main@111111111111 refs/heads/main@222222222222"});
    of.target = "stable";
    check(update(), {"target_updated refs/heads/main@222222222222 refs/heads/stable@222222222222"});
    of.reviewers = {"ada", "bo"};
    check(update(), {"reviewers_updated +ada +bo"});
    of.reviewers = {"cy", "ada"};
    check(update(), {"reviewers_updated +cy -bo"});
    of.reviewers = {"ada", "cy"};  // in another order they are the same
    of.title = "Reconcile daily";
    check(update(), {"updated title:Reconcile nightly>Reconcile daily"});
    of.description = "Reads the bank's file.";
    of.draft = "true";
    check(update(), {"updated description:>Reads the bank's file. draft:false>true"});
}

BOOST_AUTO_TEST_CASE(several_differences_are_several_facts)
{
    of.source = "bbbbbbbbbbbb";
    of.target_head = "222222222222";
    of.reviewers = {"ada"};
    of.title = "Other";
    check(update(), {"source_updated aaaaaaaaaaaa bbbbbbbbbbbb",
                     "target_updated refs/heads/main@111111111111 refs/heads/main@222222222222",
                     "reviewers_updated +ada", "updated title:Reconcile nightly>Other"});
}

BOOST_AUTO_TEST_CASE(an_update_of_something_that_is_not_remembered_is_one)
{
    check(update(), {"updated"});
    check(say("updated", of.members() + R"(,"more":1)"), {});  // a second hook's copy
    BOOST_TEST(in.fold->counts().repeated_facts == 1u);
}

BOOST_AUTO_TEST_CASE(an_update_of_what_nothing_is_known_of_says_so)
{
    site other;
    check(other.say("updated", of.members()), {"updated ?"});
    of.second = 1;
    of.title = "Other";
    check(other.say("updated", of.members()), {"updated title:Reconcile nightly>Other"});
}

BOOST_AUTO_TEST_CASE(an_older_update_neither_moves_what_is_known_nor_says_what_it_changed)
{
    auto const late = [&] {
        auto earlier = of;
        earlier.second = 1;
        earlier.title = "Between";
        return earlier;
    }();
    of.second = 4;
    of.title = "Last";
    check(update(), {"updated title:Reconcile nightly>Last"});
    check(say("updated", late.members()), {"updated ?"});
    check(say("updated", late.members() + R"(,"more":1)"), {});
    of.title = "Really last";
    check(update(), {"updated title:Last>Really last"});
}

BOOST_AUTO_TEST_CASE(long_texts_are_compared_but_not_remembered)
{
    std::string const novel(300, 'n');
    of.description = novel + "1";
    check(update(), {"updated description:>" + novel + "1"});
    check(update(), {"updated"});
    of.description = novel + "2";
    check(update(), {"updated description:?>" + novel + "2"});
    of.description = "short";
    check(update(), {"updated description:?>short"});
}

BOOST_AUTO_TEST_CASE(very_many_reviewers_are_compared_but_not_remembered)
{
    for (int number = 100; number < 300; ++number)
        of.reviewers.push_back("a-reviewer-whose-id-is-as-long-as-" + std::to_string(number));
    check(update(), {"reviewers_updated +? -?"});
    check(update(), {"updated"});
    of.reviewers.pop_back();
    check(update(), {"reviewers_updated +? -?"});
}

BOOST_AUTO_TEST_CASE(what_a_payload_leaves_out_has_not_changed)
{
    auto const without = [&](std::string const& member) {
        auto members = of.members();
        members.replace(members.find("\"" + member + "\""), member.size() + 2, "\"" + member + "-not\"");
        return members;
    };
    for (std::string const member : {"title", "description", "draft", "source", "destination", "reviewers"}) {
        ++of.second;
        check(say("updated", without(member)), {"updated"});
        check(update(), {"updated"});
    }
    ++of.second;
    of.source = "bbbbbbbbbbbb";
    check(say("updated", without("source")), {"updated"});
    check(update(), {"source_updated aaaaaaaaaaaa bbbbbbbbbbbb"});
}

BOOST_AUTO_TEST_CASE(a_push_and_the_update_beside_it_are_one_fact)
{
    of.second = 1;
    of.source = "bbbbbbbbbbbb";
    check(say("push", of.members()), {"source_updated aaaaaaaaaaaa bbbbbbbbbbbb"});
    check(say("updated", of.members()), {});
    of.second = 2;
    of.source = "cccccccccccc";
    check(say("updated", of.members()), {"source_updated bbbbbbbbbbbb cccccccccccc"});
    check(say("push", of.members()), {});
}

BOOST_AUTO_TEST_CASE(a_push_leaves_other_differences_to_the_update)
{
    of.second = 1;
    of.source = "bbbbbbbbbbbb";
    of.title = "Other";
    check(say("push", of.members()), {"source_updated aaaaaaaaaaaa bbbbbbbbbbbb"});
    check(say("updated", of.members()), {"updated title:Reconcile nightly>Other"});
}

BOOST_AUTO_TEST_CASE(a_push_of_a_pull_request_that_nobody_knows_is_remembered)
{
    site other;
    of.second = 1;
    check(other.say("push", of.members()), {"source_updated ? aaaaaaaaaaaa"});
    of.second = 2;
    of.source = "bbbbbbbbbbbb";
    check(other.say("updated", of.members()), {"source_updated aaaaaaaaaaaa bbbbbbbbbbbb"});
}

BOOST_AUTO_TEST_CASE(a_source_that_goes_to_and_fro_is_updated_each_time)
{
    texts ids;
    for (std::string const source : {"bbbbbbbbbbbb", "aaaaaaaaaaaa", "bbbbbbbbbbbb", "aaaaaaaaaaaa"}) {
        ++of.second;
        of.source = source;
        ids.push_back(tell_one("pullrequest:updated", of.members()));
    }
    for (std::string const target : {"stable", "main", "stable", "main"}) {
        ++of.second;
        of.target = target;
        ids.push_back(tell_one("pullrequest:updated", of.members()));
    }
    check_distinct(ids);
}

BOOST_AUTO_TEST_CASE(verdicts_know_what_was_before_and_each_is_a_fact_of_its_own)
{
    check(say("approved", of.approval("approval", 1)), {"reviewed ? approved"});
    check(say("unapproved", of.approval("approval", 2)), {"reviewed approved none"});
    check(say("approved", of.approval("approval", 3)), {"reviewed none approved"});
    check(say("changes_request_created", of.approval("changes_request", 4)), {"reviewed approved changes_requested"});
    check(say("changes_request_removed", of.approval("changes_request", 5)), {"reviewed changes_requested none"});
    check(say("approved", of.approval("approval", 3) + R"(,"more":1)"), {});
    check(say("approved", of.approval("approval", 2)), {"reviewed ? approved"});  // late
    check(say("approved", of.approval("approval", 6)), {"reviewed none approved"});
}

BOOST_AUTO_TEST_CASE(a_verdict_that_comes_again_has_another_id)
{
    check_distinct({tell_one("pullrequest:approved", of.approval("approval", 1)),
                    tell_one("pullrequest:unapproved", of.approval("approval", 2)),
                    tell_one("pullrequest:approved", of.approval("approval", 3)),
                    tell_one("pullrequest:unapproved", of.approval("approval", 4))});
}

BOOST_AUTO_TEST_CASE(verdicts_and_comments_leave_what_is_known_alone)
{
    of.second = 5;
    of.title = "Other";
    check(say("approved", of.approval("approval", 1)), {"reviewed ? approved"});
    check(say("comment_created", of.comment()), {"comment_created"});
    of.second = 4;
    check(say("updated", of.members()), {"updated title:Reconcile nightly>Other"});
}

BOOST_AUTO_TEST_CASE(a_thread_that_is_resolved_again_is_another_fact)
{
    auto const next = [&](std::string const& key, std::string const& more = "") {
        ++of.second;
        return tell_one("pullrequest:comment_" + key, of.comment(more));
    };
    auto const resolved = [&](std::string const& hour) {
        return next("resolved", R"(,"resolution":{"created_on":"2026-08-24T)" + hour + R"(:00:00+00:00"})");
    };
    check_distinct({next("created"), resolved("12"), next("reopened"), resolved("11"), next("reopened"),
                    next("updated"), next("deleted", R"(,"deleted":true)")});
}

BOOST_AUTO_TEST_CASE(a_thread_that_is_resolved_at_another_time_was_reopened_unheard)
{
    auto const resolved = [&](std::string const& time) {
        return of.comment(R"(,"resolution":{"created_on":"2026-08-24T)" + time + R"(+00:00"})");
    };
    texts const repeated{};
    auto const first = tell_one("pullrequest:comment_resolved", resolved("10:00:00"));
    check_distinct({first, tell_one("pullrequest:comment_resolved", resolved("10:00:03")),
                    tell_one("pullrequest:comment_resolved", resolved("12:00:00"))});
    // Each may come once more: as another hook's copy, whose clock is a little off.
    for (std::string const time : {"10:00:00", "10:00:03.5", "12:00:01", "11:59:58"})
        BOOST_TEST(tell("pullrequest:comment_resolved", resolved(time)) == repeated);
    BOOST_TEST(tell("pullrequest:comment_resolved", of.comment(R"(,"resolution":{})")) == repeated);
}

BOOST_AUTO_TEST_CASE(a_pull_request_ends_once)
{
    of.second = 1;
    of.state = "DECLINED";
    tell_one("pullrequest:rejected", of.members());
    of.state = "MERGED";
    tell_one("pullrequest:fulfilled", of.members());
}

BOOST_AUTO_TEST_CASE(what_is_closed_is_forgotten_after_30_days)
{
    of.second = 1;
    of.state = "MERGED";
    of.title = "As merged";
    check(say("fulfilled", of.members()), {"merged"});
    ++of.second;
    of.title = "Renamed";
    auto late = make("pullrequest:updated", of.members());
    late.received += 29 * test::day;
    BOOST_TEST(in.apply(late).size() == 1u);
    late = make("pullrequest:updated", (++of.second, of.members()));
    late.received += 60 * test::day;
    auto const events = in.apply(late);
    BOOST_TEST_REQUIRE(events.size() == 1u);
    BOOST_TEST(!std::get<event::pull_request_updated>(events.front().data).changes.has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace bbstream
