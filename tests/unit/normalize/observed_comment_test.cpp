// What REST shows of comments on pull requests, folded between webhooks: the same facts with the same ids, each once.
#include "talked_about.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace bbstream {

namespace {

using namespace test;

strings told(std::string const& what, int id = 7)
{
    return {"pullrequest.comment_" + what + " pullrequests/1/comments/" + std::to_string(id)};
}

constexpr product products[] = {product::cloud, product::datacenter};

}  // namespace

BOOST_AUTO_TEST_CASE(only_what_seems_to_be_talked_about_is_listed)
{
    for (auto const platform : products) {
        auto of = talked(platform);
        of.walk({1});
        BOOST_TEST(of.waiting() == strings());
        of.walk({2});
        BOOST_TEST(of.waiting() == strings{"1"});
        BOOST_TEST(of.list({}) == strings());
        BOOST_TEST(of.waiting() == strings());
        of.walk({2});
        BOOST_TEST(of.waiting() == strings());
    }
}

BOOST_AUTO_TEST_CASE(comments_that_were_there_at_first_sight_are_no_news)
{
    for (auto const platform : products) {
        remark const old{.made = 1};
        auto of = talked(platform, {old});
        of.walk({2});
        BOOST_TEST(of.list({old}) == strings());
        BOOST_TEST(of.waiting() == strings());
    }
}

BOOST_AUTO_TEST_CASE(a_lost_comment_has_the_id_of_its_webhook_and_one_that_comes_late_is_told_already)
{
    for (auto const platform : products) {
        remark const made;
        auto heard = talked(platform);
        BOOST_TEST(heard.add(made) == told("created"));
        auto const id = heard.ids;
        heard.walk({2});
        BOOST_TEST(heard.list_twice({made}) == strings());
        BOOST_TEST(heard.waiting() == strings());

        auto missed = talked(platform);
        missed.walk({2});
        BOOST_TEST(missed.list_twice({made}) == told("created"));
        BOOST_TEST(missed.ids == id);
        BOOST_TEST(missed.values.front().find(R"("text":"Why?")") != std::string::npos);
        BOOST_TEST(missed.values.front().find(R"("title":"Add")") != std::string::npos);
        BOOST_TEST(missed.waiting() == strings());
        BOOST_TEST(missed.add(made) == strings());
        missed.walk({3});
        BOOST_TEST(missed.list_twice({made}) == strings());
    }
}

BOOST_AUTO_TEST_CASE(a_webhook_on_its_way_tells_it_itself)
{
    for (auto const platform : products) {
        remark const made;
        auto of = talked(platform);
        of.walk({2});
        BOOST_TEST(of.list({made}) == strings());
        BOOST_TEST(of.waiting() == strings{"1?"});
        of.now -= (grace - 1) * second;
        BOOST_TEST(of.list({made}) == strings());  // too soon
        BOOST_TEST(of.waiting() == strings{"1?"});
        BOOST_TEST(of.add(made) == told("created"));
        BOOST_TEST(of.list({made}) == strings());
        BOOST_TEST(of.waiting() == strings());
    }
}

BOOST_AUTO_TEST_CASE(a_lost_edit_has_the_id_of_its_webhook)
{
    for (auto const platform : products) {
        remark const made;
        remark const edited{.edited = 9, .version = 3, .text = "Why that?"};
        auto heard = talked(platform);
        heard.add(made);
        BOOST_TEST(heard.webhook("comment_updated", "comment:edited", edited, R"(,"previousComment":"Why?")") ==
                   told("updated"));
        auto const id = heard.ids;
        heard.walk({2});
        BOOST_TEST(heard.list_twice({edited}) == strings());

        auto missed = talked(platform);
        missed.add(made);
        missed.walk({2});
        BOOST_TEST(missed.list_twice({edited}) == told("updated"));
        BOOST_TEST(missed.ids == id);
        BOOST_TEST(missed.webhook("comment_updated", "comment:edited", edited, R"(,"previousComment":"Why?")") ==
                   strings());

        auto neither = talked(platform);
        neither.walk({2});
        BOOST_TEST(neither.list_twice({edited}) == (strings{told("created").front(), told("updated").front()}));
    }
}

BOOST_AUTO_TEST_CASE(a_lost_deletion_has_the_id_of_its_webhook)
{
    for (auto const platform : products) {
        remark const made;
        remark const gone{.deleted = true};
        auto heard = talked(platform);
        heard.add(made);
        heard.walk({2});
        heard.list({made});
        BOOST_TEST(heard.remove(made) == told("deleted"));
        auto const id = heard.ids;
        heard.walk({1});
        BOOST_TEST(heard.list_twice({gone}) == strings());
        BOOST_TEST(heard.waiting() == strings());

        auto missed = talked(platform);
        missed.add(made);
        missed.walk({2});
        missed.list({made});
        missed.walk({3});
        BOOST_TEST(missed.list_twice({gone}) == told("deleted"));
        BOOST_TEST(missed.ids == id);
        BOOST_TEST(missed.remove(made) == strings());
        missed.walk({4});
        BOOST_TEST(missed.list_twice({gone}) == strings());
    }
}

BOOST_AUTO_TEST_CASE(what_was_made_and_deleted_unseen_is_both_on_cloud_and_nothing_on_data_center)
{
    for (auto const platform : products) {
        auto of = talked(platform);
        of.walk({2});
        auto const both = strings{told("created").front(), told("deleted").front()};
        BOOST_TEST(of.list_twice({{.deleted = true}}) == (of.is_cloud() ? both : strings()));
    }
}

BOOST_AUTO_TEST_CASE(a_deletion_of_what_was_there_at_first_sight_is_told_where_that_was_seen_to_be_there)
{
    remark const old{.made = 1};
    remark gone = old;
    gone.deleted = true;
    for (auto const platform : products) {
        auto of = talked(platform, {old});
        of.walk({2});
        BOOST_TEST(of.list_twice({gone}) == (of.is_cloud() ? strings() : told("deleted")));
        auto seen = talked(platform, {old});
        seen.walk({2});
        seen.list({old});
        seen.walk({3});
        BOOST_TEST(seen.list_twice({gone}) == told("deleted"));
    }
}

BOOST_AUTO_TEST_CASE(a_comment_that_a_listing_lacks_for_its_length_is_not_deleted)
{
    remark const old{.made = 1};
    auto of = talked(product::datacenter, {old});
    of.walk({2});
    for (int looks = 0; looks < 3; ++looks)
        BOOST_TEST(of.list({}, R"(,"cut":true)") == strings());
}

BOOST_AUTO_TEST_CASE(a_comment_that_goes_while_another_is_in_doubt_is_deleted)
{
    auto of = talked(product::datacenter);
    remark const one;
    remark const other{.id = 8, .made = 6};
    of.add(one);
    of.walk({2});
    BOOST_TEST(of.list({one, other}) == strings());
    BOOST_TEST(of.list({other}) == told("created", 8));
    BOOST_TEST(of.waiting() == strings{"1?"});
    BOOST_TEST(of.list({other}) == told("deleted"));
    BOOST_TEST(of.waiting() == strings());
}

// It was listed after the walk that shows how many there are.
BOOST_AUTO_TEST_CASE(a_comment_that_comes_and_goes_between_two_walks_is_deleted)
{
    remark const one;
    remark const late{.id = 8, .made = 6};
    auto heard = talked(product::datacenter);
    heard.add(one);
    heard.walk({2});
    heard.add(late);
    BOOST_TEST(heard.list({late, one}) == strings());
    heard.walk({2});
    BOOST_TEST(heard.waiting() == strings{"1"});
    BOOST_TEST(heard.list_twice({one}) == told("deleted", 8));

    auto missed = talked(product::datacenter);
    missed.walk({2});
    BOOST_TEST(missed.list({one}) == strings());
    BOOST_TEST(missed.list({late, one}) == told("created"));
    BOOST_TEST(missed.list({late, one}) == told("created", 8));
    missed.walk({2});
    BOOST_TEST(missed.list_twice({one}) == told("deleted", 8));
}

BOOST_AUTO_TEST_CASE(what_a_listing_has_shown_to_be_otherwise_is_listed_once_more_on_data_center)
{
    remark const made;
    for (auto const platform : products) {
        auto of = talked(platform);
        of.add(made);
        of.walk({2});
        BOOST_TEST(of.list({made}) == strings());
        BOOST_TEST(of.waiting() == strings());
        of.walk({2});
        BOOST_TEST(of.waiting() == (of.is_cloud() ? strings() : strings{"1"}));
        of.list({made});
        of.walk({2});
        BOOST_TEST(of.waiting() == strings());
    }
}

BOOST_AUTO_TEST_CASE(a_thread_is_resolved_and_opened_again)
{
    for (auto const platform : products) {
        remark const made;
        remark const resolved{.version = 1, .resolved = 9};
        remark const reopened{.version = 2};
        std::string const same = R"(,"previousComment":"Why?")";
        auto heard = talked(platform);
        heard.add(made);
        BOOST_TEST(heard.webhook("comment_resolved", "comment:edited", resolved, same) == told("resolved"));
        auto ids = heard.ids;
        heard.walk({2});
        BOOST_TEST(heard.list_twice({resolved}) == strings());  // no edit either
        BOOST_TEST(heard.webhook("comment_reopened", "comment:edited", reopened, same) == told("reopened"));
        ids.push_back(heard.ids.front());
        heard.walk({3});
        BOOST_TEST(heard.list_twice({reopened}) == strings());

        auto missed = talked(platform);
        missed.add(made);
        missed.walk({2});
        BOOST_TEST(missed.list_twice({resolved}) == told("resolved"));
        BOOST_TEST(missed.ids.front() == ids.front());
        BOOST_TEST(missed.webhook("comment_resolved", "comment:edited", resolved, same) == strings());
        missed.walk({3});
        BOOST_TEST(missed.list_twice({reopened}) == told("reopened"));
        BOOST_TEST(missed.ids.front() == ids.back());
        BOOST_TEST(missed.webhook("comment_reopened", "comment:edited", reopened, same) == strings());
        missed.walk({4});
        BOOST_TEST(missed.list_twice({reopened}) == strings());
    }
}

BOOST_AUTO_TEST_CASE(a_thread_that_was_resolved_at_first_sight_can_be_opened_again)
{
    for (auto const platform : products) {
        remark const resolved{.made = 0, .version = 1, .resolved = 1};
        auto of = talked(platform, {resolved});
        of.walk({2});
        BOOST_TEST(of.list_twice({resolved}) == strings());
        of.walk({3});
        BOOST_TEST(of.list_twice({{.made = 0, .version = 2}}) == told("reopened"));
    }
}

BOOST_AUTO_TEST_CASE(all_that_was_said_on_a_new_pull_request_is_news)
{
    for (auto const platform : products) {
        auto of = talked(platform);
        of.walk({1, 9});
        BOOST_TEST(of.waiting() == strings{"2"});
        remark const first{.made = 1};
        of.list({first}, "", 0, 2);
        BOOST_TEST(of.list({first}, "", 0, 2) == strings{"pullrequest.comment_created pullrequests/2/comments/7"});
        BOOST_TEST(of.waiting() == strings());
    }
}

BOOST_AUTO_TEST_CASE(all_that_was_said_in_a_new_repository_is_news)
{
    for (auto const platform : products) {
        talked_about of;
        of.platform = platform;
        of.fresh = true;
        of.walk({1});
        BOOST_TEST(of.list_twice({{.made = 0}}) == told("created"));
    }
}

BOOST_AUTO_TEST_CASE(an_old_pull_request_that_was_closed_at_first_sight_has_news_of_its_own)
{
    for (auto const platform : products) {
        talked_about of;
        of.platform = platform;
        of.walk({1}, "MERGED");
        BOOST_TEST(of.waiting() == strings());
        of.walk({2}, "MERGED");
        remark const made;
        auto const found = of.list_twice({made});
        BOOST_TEST(found == (of.is_cloud() ? told("created") : strings()));  // whether it is new does not show
        of.walk({3}, "MERGED");
        remark const later{.id = 8, .made = 12};
        BOOST_TEST(of.list_twice({later, made}) == told("created", 8));
    }
}

// Whether it is open or not: by the clock of Bitbucket, which dates its comments, too.
BOOST_AUTO_TEST_CASE(what_was_said_after_first_sight_is_news_where_bitbucket_says_when_that_was)
{
    for (std::string const state : {"OPEN", "MERGED"}) {
        talked_about of;
        of.platform = product::datacenter;
        of.walk({1}, state, 4);
        of.walk({3}, state, 9);
        remark const old{.id = 6, .made = 3};
        remark const made{.id = 7, .made = 5};
        BOOST_TEST(of.list_twice({made, old}) == told("created", 7));
        BOOST_TEST(of.waiting() == strings());
        of.walk({4}, state, 14);
        remark const later{.id = 8, .made = 12};
        BOOST_TEST(of.list_twice({later, made, old}) == told("created", 8));
    }
}

BOOST_AUTO_TEST_CASE(a_listing_may_have_several_pages)
{
    for (auto const platform : products) {
        auto of = talked(platform);
        of.walk({2});
        remark const first{.id = 7};
        remark const last{.id = 9, .made = 8};
        std::string const next = R"(,"next":"/more")";
        for (int looks = 0; looks < 2; ++looks) {
            auto const found = of.list({last}, next);
            BOOST_TEST(found == (looks ? told("created", 9) : strings()));
            BOOST_TEST(of.waiting() == strings{"1?"});
            BOOST_TEST(of.list({first}, "", 1) == (looks ? told("created", 7) : strings()));
        }
        BOOST_TEST(of.waiting() == strings());
        of.walk({3});
        BOOST_TEST(of.list({last}, next) == strings());
        BOOST_TEST(of.list({first}, "", 1) == strings());  // neither is gone
        BOOST_TEST(of.waiting() == strings());
    }
}

BOOST_AUTO_TEST_CASE(data_centers_replies_are_comments)
{
    auto of = talked(product::datacenter);
    of.walk({2});
    remark const reply{.id = 8, .made = 6, .text = "Because"};
    remark const made{.replies = reply.datacenter()};
    BOOST_TEST(of.list_twice({made}) == (strings{told("created").front(), told("created", 8).front()}));
    BOOST_TEST(of.values.back().find(R"("parentId":"7")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(data_centers_edits_leave_no_trace_so_open_ones_are_listed_once_a_day)
{
    auto of = talked(product::datacenter, {{.made = 1}});
    of.now += test::day;
    of.walk({1});
    BOOST_TEST(of.waiting() == strings{"1"});
    BOOST_TEST(of.list_twice({{.made = 1, .edited = 9, .version = 1}}) == told("updated"));
    of.walk({1});
    BOOST_TEST(of.waiting() == strings());
}

BOOST_AUTO_TEST_CASE(drafts_are_nobodys_business)
{
    for (auto const platform : products) {
        auto of = talked(platform);
        of.walk({2});
        BOOST_TEST(of.list({{.draft = true}}) == strings());
        BOOST_TEST(of.waiting() == strings());
    }
}

BOOST_AUTO_TEST_CASE(what_is_gone_is_not_asked_for_again)
{
    for (auto const platform : products) {
        auto of = talked(platform);
        of.walk({2});
        of.list({{}});
        of.meta.replace(of.meta.find(R"("found":true)"), 12, R"("found":false)");
        of.body = "not found";
        BOOST_TEST(of.apply("rest:comments", journal::origin::poll) == strings());
        BOOST_TEST(of.waiting() == strings());
    }
}

}  // namespace bbstream
