// What is left out of events that are too large, and that they say so.
#include "event/trim.hpp"

#include "event/object_json.hpp"
#include "sample.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream::event {

namespace {

std::string value_of(event const& what)
{
    batch out;
    encode(what, {}, 0, out);
    return std::string(out[0].value);
}

std::size_t count(std::string const& in, std::string_view what)
{
    std::size_t found = 0;
    for (std::size_t at = in.find(what); at != std::string::npos; at = in.find(what, at + 1))
        ++found;
    return found;
}

bool has(std::string const& in, std::string_view what)
{
    return in.find(what) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_CASE(texts_are_cut_where_a_character_ends)
{
    BOOST_TEST(cut_utf8("aä", 2).shown.value() == "a");
    BOOST_TEST(cut_utf8("aä", 2).cut);
    BOOST_TEST(cut_utf8("aä", 3).shown.value() == "aä");
    BOOST_TEST(!cut_utf8("aä", 3).cut);
    BOOST_TEST(cut_utf8("\U0001f680", 3).shown.value() == "");
}

BOOST_AUTO_TEST_CASE(a_small_event_is_whole)
{
    sample of;
    auto const value = value_of(of.ref_updated(5, 4096));
    BOOST_TEST(value.size() < value_bytes_soft);
    BOOST_TEST(has(value, R"("truncated":[]})"));
    BOOST_TEST(has(value, std::string(4096, 'm')));
    BOOST_TEST(!has(value, "dataref"));
}

BOOST_AUTO_TEST_CASE(above_the_soft_limit_messages_are_cut_first)
{
    sample of;
    auto const value = value_of(of.ref_updated(20, 4096));
    BOOST_TEST(value.size() < value_bytes_soft);
    BOOST_TEST(count(value, R"("messageTruncated":true)") == 21u);
    BOOST_TEST(!has(value, std::string(513, 'm')));
    BOOST_TEST(has(value, R"("truncated":["/head/message","/commits/items/0/message",)"));
    BOOST_TEST(has(value, R"("total":20,"complete":true,"limitedBy":null)"));
}

BOOST_AUTO_TEST_CASE(then_twenty_commits_stay)
{
    sample of;
    auto const value = value_of(of.ref_updated(200, 1000));
    BOOST_TEST(value.size() < value_bytes_soft);
    BOOST_TEST(count(value, R"("messageTruncated":true)") == 21u);
    BOOST_TEST(has(value, R"("total":200,"complete":false,"limitedBy":"size")"));
    BOOST_TEST(has(value, R"("/commits/items"])"));
}

BOOST_AUTO_TEST_CASE(then_no_commit_stays)
{
    sample of;
    auto what = of.ref_updated(30, 10);
    std::string const long_url(4000, 'u');
    for (auto& each : of.commits)
        each.url = long_url;
    auto const value = value_of(what);
    BOOST_TEST(value.size() < value_bytes_soft);
    BOOST_TEST(has(value, R"("commits":{"items":[],"total":30,"complete":false,"limitedBy":"size"})"));
}

BOOST_AUTO_TEST_CASE(above_the_hard_limit_what_identifies_the_fact_stays)
{
    sample of;
    std::string const huge(1'000'000, 'x');
    of.repository.name = huge;
    auto const value = value_of(of.ref_updated(2, 10));
    BOOST_TEST(value.size() < 4096u);
    BOOST_TEST(has(value, R"("repository":{"id":"r1","slug":null,"name":null)"));
    BOOST_TEST(has(value, R"("newSha":")" + of.hash));
    BOOST_TEST(has(value, R"("truncated":["/repository","/actor",)"));
    BOOST_TEST(has(value, R"("dataref":"bbstream:journal/00000000000000000000000000000000/42")"));
}

BOOST_AUTO_TEST_CASE(between_the_limits_a_large_entity_is_whole)
{
    sample of;
    std::string const large(200'000, 'x');
    of.repository.name = large;
    auto const value = value_of(of.ref_updated(0, 0));
    BOOST_TEST(value.size() > large.size());
    BOOST_TEST(has(value, R"("truncated":[]})"));
}

BOOST_AUTO_TEST_CASE(a_commit_is_cut_like_a_list_of_them)
{
    sample of;
    of.commits.resize(1);
    std::string const huge(1'000'000, 'x');
    of.commits[0].sha = of.hash;
    of.commits[0].author = git_person{huge, {}, {}};
    auto what = of.base(type::commit_added);
    what.data = commit_added{&of.commits[0], {"refs/heads/main", "main", "branch"}, 0};
    auto const value = value_of(what);
    BOOST_TEST(value.size() < 4096u);
    BOOST_TEST(has(value, R"("commit":{"sha":")" + of.hash));
    BOOST_TEST(has(value, R"("/commit"])"));
}

BOOST_AUTO_TEST_CASE(long_descriptions_and_comments_are_cut_before_people)
{
    sample of;
    std::string const long_text(40'000, 't');
    pull_request pr;
    pr.description = long_text;
    comment said;
    said.id = "9";
    said.body = said.previous_body = long_text;
    auto what = of.base(type::pullrequest_comment_updated);
    what.data = pull_request_comment{&pr, &said};
    auto const value = value_of(what);
    BOOST_TEST(value.size() < 3 * 2048u + 4096u);
    BOOST_TEST(has(value, R"("descriptionTruncated":true)"));
    BOOST_TEST(has(value, R"("textTruncated":true)"));
    BOOST_TEST(has(value, R"("truncated":["/pullRequest/description","/comment/text","/comment/previousText"]})"));
}

BOOST_AUTO_TEST_CASE(a_changed_text_is_cut_on_both_sides)
{
    sample of;
    std::string const long_text(40'000, 't');
    pull_request pr;
    field_change const changed{"description", long_text, long_text};
    auto what = of.base(type::pullrequest_updated);
    what.data = pull_request_updated{&pr, field_changes(&changed, 1)};
    auto const value = value_of(what);
    BOOST_TEST(value.size() < 2 * 2048u + 4096u);
    BOOST_TEST(has(value, R"("truncated":["/changes/description/old","/changes/description/new"]})"));
}

BOOST_AUTO_TEST_CASE(then_a_hundred_people_stay)
{
    sample of;
    std::vector<participant> const people(2000, participant{of.actor, "reviewer", "none", {}, {}});
    pull_request pr;
    pr.participants = people;
    pr.reviewers = std::span(people).first(participants_trimmed);
    auto what = of.base(type::pullrequest_opened);
    what.data = pull_request_fact{&pr};
    auto const value = value_of(what);
    BOOST_TEST(count(value, R"("role":"reviewer")") == 2 * participants_trimmed);
    BOOST_TEST(has(value, R"("truncated":["/pullRequest/participants"]})"));
}

BOOST_AUTO_TEST_CASE(the_list_of_merged_commits_is_cut_like_that_of_a_push)
{
    sample of;
    std::vector<std::string_view> const shas(3000, of.hash);
    pull_request pr;
    auto what = of.base(type::pullrequest_merged);
    what.data = pull_request_merged{&pr, merged_commits{shas, true}};
    auto const value = value_of(what);
    BOOST_TEST(count(value, of.hash) == commits_trimmed);
    BOOST_TEST(has(value, R"("commitShasComplete":false)"));
    BOOST_TEST(has(value, R"("truncated":["/commitShas"]})"));
}

BOOST_AUTO_TEST_CASE(a_build_status_that_is_too_large_keeps_what_identifies_it)
{
    sample of;
    std::string const huge(1'000'000, 'x');
    build_status status;
    status.key = "unit-tests";
    status.description = huge;
    auto what = of.base(type::buildstatus_reported);
    what.data = build_status_reported{&status};
    auto const value = value_of(what);
    BOOST_TEST(value.size() < 4096u);
    BOOST_TEST(has(value, R"("key":"unit-tests")"));
    BOOST_TEST(has(value, R"("truncated":["/repository","/actor",""]})"));
}

BOOST_AUTO_TEST_CASE(what_no_trimming_makes_small_enough_becomes_a_dead_letter)
{
    sample of;
    auto what = of.ref_updated(1, 10);
    std::string const huge(1'000'000, 'x');
    what.subject = huge;
    batch out;
    encode(of.ref_updated(1, 10), {}, 0, out);
    encode(what, {}, 0, out);
    BOOST_TEST_REQUIRE(out.size() == 2u);
    BOOST_TEST((out[0].topic == topic::repository));
    BOOST_TEST((out[1].topic == topic::dlq));
    BOOST_TEST(out[1].key == "cloud:r1");
    BOOST_TEST((out[1].position == position{42, 3}));
    std::string const value(out[1].value);
    BOOST_TEST(value.size() < 1024u);
    BOOST_TEST(has(value, R"({"stage":"encode","error":"the event is too large)"));
    BOOST_TEST(has(value, R"("topic":"repository.v1","sequence":"0001.0000000000000000042.000003","bytes":100)"));
    BOOST_TEST(has(value, R"("sha256":null)"));
    BOOST_TEST(has(value, R"("content":null})"));
}

}  // namespace bbstream::event
