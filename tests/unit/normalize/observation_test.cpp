// What REST shows, folded: walks through refs and commits between webhooks.
#include "observed_world.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace bbstream {

namespace {

using namespace test;

// One whose main branch stands at a, as REST has shown it.
struct known_world : observed_world {
    known_world() { walk("main=a"); }
};

// Whether it is in doubt that some ref is still there.
bool doubts_absence(observed_world& of)
{
    auto const seen = of.view();
    return std::ranges::any_of(seen.doubts, [](auto const& each) { return each.seen.none(); });
}

strings const moved{"system.gap_detected refs/heads/main", "ref.updated refs/heads/main"};

}  // namespace

BOOST_AUTO_TEST_CASE(the_first_walk_is_a_baseline_without_events)
{
    observed_world of;
    BOOST_TEST(of.walk("feature=b main=a").empty());
    auto const seen = of.view();
    BOOST_TEST(seen.baseline);
    BOOST_TEST(seen.doubts.empty());
    BOOST_TEST(seen.include.empty());
    BOOST_TEST(hashes(seen.exclude) == (strings{hash('b'), hash('a')}), boost::test_tools::per_element());
    BOOST_TEST(of.push("ac") == (strings{"ref.updated refs/heads/main"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_lost_push_is_found_under_the_id_that_its_webhook_would_have_had)
{
    known_world told;
    told.push("ab");
    auto const webhook_id = told.ids.at(0);

    known_world of;
    BOOST_TEST(of.walk("main=b").empty());
    BOOST_TEST(of.view().doubts.size() == 1u);
    BOOST_TEST(of.walk("main=b") == moved, boost::test_tools::per_element());
    BOOST_TEST(of.all_ids.count(webhook_id) == 1u);
    BOOST_TEST(of.walk("main=b").empty());
    BOOST_TEST(of.view().doubts.empty());
}

BOOST_AUTO_TEST_CASE(what_lies_behind_a_ref_that_a_walk_lacked_is_no_news)
{
    observed_world of;
    of.walk("main=a x=b");
    BOOST_TEST(of.walk("main=a").empty());  // a page may have lost it
    BOOST_TEST(doubts_absence(of));
    BOOST_TEST(hashes(of.view().exclude) == (strings{hash('a'), hash('b')}), boost::test_tools::per_element());
    BOOST_TEST(of.walk("main=a x=b").empty());
    BOOST_TEST(of.view().include.empty());
    of.walk("main=a");
    BOOST_TEST(of.look_up("x", '0').size() == 2u);
    of.walk("main=a");
    BOOST_TEST(hashes(of.view().exclude) == strings{hash('a')}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_a_listing_says_to_be_told_is_not_told_nor_what_lies_behind_it)
{
    for (bool const says : {false, true}) {
        known_world of;
        of.walk("main=a x=e");
        of.walk("main=a x=e");
        of.told = says ? "cb" : "";
        BOOST_TEST(of.list("e(dc)d(a)c(b)b(f)f", "x=e") == added(says ? "de" : "fbcde"),
                   boost::test_tools::per_element());
        of.told.clear();
        BOOST_TEST(of.view().include.empty());
    }
}

BOOST_AUTO_TEST_CASE(webhooks_count_as_working_until_one_is_lost_and_again_when_they_come)
{
    known_world of;
    BOOST_TEST(!of.view().delivered);
    of.push("ab");
    BOOST_TEST(of.view().delivered);
    of.walk("main=c");
    BOOST_TEST(of.view().delivered);  // that of c may be on its way
    of.walk("main=c");
    BOOST_TEST(!of.view().delivered);
    of.push("cd");
    BOOST_TEST(of.view().delivered);
}

BOOST_AUTO_TEST_CASE(a_reconstructed_change_says_so)
{
    known_world of;
    of.push("0c", "x");
    of.walk("main=a");
    of.look_up("x", '0');
    BOOST_TEST_REQUIRE(of.values.size() == 4u);
    BOOST_TEST(of.values[0].find(R"("reason":"poll")") != std::string::npos);
    BOOST_TEST(of.values[1].find(R"("reconstructed":true)") != std::string::npos);
    BOOST_TEST(of.values[1].find(R"("bborigin":"poll")") != std::string::npos);
    BOOST_TEST(of.in.fold->counts().reconstructed_changes == 1u);
}

BOOST_AUTO_TEST_CASE(a_difference_that_is_seen_too_soon_again_is_still_in_doubt)
{
    known_world of;
    of.walk("main=b");
    of.now -= 2 * grace * second;
    BOOST_TEST(of.walk("main=b").empty());
    BOOST_TEST(of.walk("main=b") == moved, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_webhook_that_is_late_after_the_observation_is_no_news)
{
    known_world of;
    of.walk("main=b");
    of.walk("main=b");
    BOOST_TEST(of.push("ab").empty());
    BOOST_TEST(of.push("bc") == (strings{"ref.updated refs/heads/main"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_webhook_that_comes_within_the_grace_settles_the_doubt)
{
    known_world of;
    of.walk("main=b");
    BOOST_TEST(of.push("ab") == (strings{"ref.updated refs/heads/main"}), boost::test_tools::per_element());
    BOOST_TEST(of.walk("main=b").empty());
    BOOST_TEST(of.view().doubts.empty());
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_older_than_the_last_move_says_nothing)
{
    known_world of;
    auto const before = of.asof();
    of.push("ab");
    BOOST_TEST(of.walk("main=a", before).empty());
    BOOST_TEST(of.view().doubts.empty());
}

BOOST_AUTO_TEST_CASE(late_webhooks_of_several_pushes_that_one_change_stands_for_leave_the_head_alone)
{
    known_world of;
    of.walk("main=c");
    BOOST_TEST(of.walk("main=c") == moved, boost::test_tools::per_element());
    BOOST_TEST(of.push("ab") == (strings{"ref.updated refs/heads/main"}), boost::test_tools::per_element());
    BOOST_TEST(of.push("bc") == (strings{"ref.updated refs/heads/main"}), boost::test_tools::per_element());
    BOOST_TEST(of.walk("main=c").empty());
    BOOST_TEST(of.view().doubts.empty());
}

BOOST_AUTO_TEST_CASE(so_do_those_in_the_middle_as_far_as_they_follow_each_other)
{
    strings const one{"ref.updated refs/heads/main"};
    strings const broken{"system.gap_detected refs/heads/main", "ref.updated refs/heads/main"};
    auto const joined = [] {
        known_world of;
        of.walk("main=e");
        BOOST_TEST(of.walk("main=e") == moved, boost::test_tools::per_element());
        return of;
    };
    auto of = joined();
    for (auto const* const late : {"ab", "bc", "cd", "de"})
        BOOST_TEST(of.push(late) == one, boost::test_tools::per_element());
    BOOST_TEST(of.walk("main=e").empty());
    BOOST_TEST(of.view().doubts.empty());
    BOOST_TEST(of.push("ef") == one, boost::test_tools::per_element());
    BOOST_TEST(of.push("gh") == broken, boost::test_tools::per_element());

    // What leaves the end of it, or does not follow, may be another change.
    of = joined();
    BOOST_TEST(of.push("ab") == one, boost::test_tools::per_element());
    BOOST_TEST(of.push("cd") == broken, boost::test_tools::per_element());
    of = joined();
    for (auto const* const late : {"ab", "be", "ef"})
        BOOST_TEST(of.push(late) == one, boost::test_tools::per_element());
    BOOST_TEST(of.push("eg") == broken, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_head_where_the_ref_stood_before_needs_one_look_more)
{
    known_world of;
    of.push("ab");
    BOOST_TEST(of.walk("main=a").empty());
    BOOST_TEST(of.walk("main=a").empty());
    BOOST_TEST(of.walk("main=a") == moved, boost::test_tools::per_element());
    BOOST_TEST(of.push("ba").empty());
}

BOOST_AUTO_TEST_CASE(the_same_move_for_the_second_time_is_another_occurrence)
{
    known_world of;
    of.push("ab");
    auto const first = of.ids.at(0);
    of.push("ba");
    for (int look = 0; look < 2; ++look)
        of.walk("main=b");
    BOOST_TEST(of.walk("main=b") == moved, boost::test_tools::per_element());
    BOOST_TEST(of.push("ab").empty());
}

BOOST_AUTO_TEST_CASE(a_new_branch_is_created_and_one_that_is_gone_deleted_once_a_look_at_it_finds_nothing)
{
    known_world of;
    of.walk("main=a x=b");
    BOOST_TEST(of.walk("main=a x=b") == (strings{"system.gap_detected refs/heads/x", "ref.created refs/heads/x"}),
               boost::test_tools::per_element());
    BOOST_TEST(of.walk("main=a").empty());
    BOOST_TEST(of.walk("main=a").empty());
    BOOST_TEST(doubts_absence(of));
    BOOST_TEST(of.look_up("x", 'b').empty());
    BOOST_TEST(!doubts_absence(of));
    of.walk("main=a");
    BOOST_TEST(of.look_up("x", '0') == (strings{"system.gap_detected refs/heads/x", "ref.deleted refs/heads/x"}),
               boost::test_tools::per_element());
    BOOST_TEST(of.look_up("x", '0').empty());
    BOOST_TEST(of.push("b0", "x").empty());
    BOOST_TEST(of.push("0b", "x") == (strings{"ref.created refs/heads/x"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_branch_that_webhooks_created_is_missed_when_it_is_gone)
{
    known_world of;
    of.push("0b", "x");
    BOOST_TEST(of.walk("main=a").empty());
    BOOST_TEST(doubts_absence(of));
    of.push("b0", "x");
    BOOST_TEST(of.walk("main=a").empty());
    BOOST_TEST(!doubts_absence(of));
}

BOOST_AUTO_TEST_CASE(in_a_repository_that_is_new_everything_is_news)
{
    observed_world of;
    of.fresh = true;
    BOOST_TEST(of.walk("main=b").empty());
    BOOST_TEST(of.walk("main=b") == (strings{"system.gap_detected refs/heads/main", "ref.created refs/heads/main"}),
               boost::test_tools::per_element());
    BOOST_TEST(of.view().include.size() == 1u);
    BOOST_TEST(
        of.list("ba", "m=b") == (strings{"commit.added commits/" + hash('a'), "commit.added commits/" + hash('b')}),
        boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_first_walk_doubts_what_webhooks_have_told_otherwise)
{
    observed_world of;
    of.push("0a");
    BOOST_TEST(of.walk("main=b other=c").empty());
    BOOST_TEST(of.view().doubts.size() == 1u);
    BOOST_TEST(of.walk("main=b other=c") == moved, boost::test_tools::per_element());
    BOOST_TEST(of.view().include.size() == 1u);
    BOOST_TEST(hashes(of.view().exclude) == (strings{hash('a'), hash('c')}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(commits_are_told_once_and_the_reconciled_heads_move_at_the_last_page)
{
    known_world of;
    of.push("ac", "main", "c");
    of.walk("main=d");
    of.walk("main=d");
    BOOST_TEST(of.view().include.size() == 1u);
    BOOST_TEST(of.list("dc(b)", "m=d", "/more") == (strings{"commit.added commits/" + hash('d')}),
               boost::test_tools::per_element());
    BOOST_TEST(of.view().commits.pages == 1u);
    BOOST_TEST(of.view().commits.next == "/more");
    BOOST_TEST(of.view().include.size() == 1u);
    BOOST_TEST(of.list("x", "m=d", "", 2).empty());  // not the page that is next
    BOOST_TEST(of.list("b(a)", "m=d", "", 1) == (strings{"commit.added commits/" + hash('b')}),
               boost::test_tools::per_element());
    BOOST_TEST(of.list("b(a)", "m=d", "", 1).empty());
    BOOST_TEST(of.view().commits.pages == 0u);
}

BOOST_AUTO_TEST_CASE(a_page_that_holds_more_than_was_asked_for_is_told_as_far_as_that)
{
    known_world of;
    of.most = 3;
    BOOST_TEST(of.list("xy(z)", "m=x", "/more") == added("yx"), boost::test_tools::per_element());
    BOOST_TEST(of.list("zw(v)", "m=x", "", 1) == added("z"), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(where_a_listing_ends_is_remembered_with_how_much_of_it_was_shown)
{
    known_world of;
    of.walk("main=d");
    of.walk("main=d");
    of.most = 3;
    of.list("dc(b)", "m=d", "/more");
    BOOST_TEST(of.view().commits_end.most == 3u);
    BOOST_TEST(!of.view().commits_end.is_loss);
    BOOST_TEST(of.view().commits_end.shown == 2u);
    of.list("b(a)", "m=d", "/more", 1);
    BOOST_TEST(of.view().commits_end.shown == 3u);
    of.most = 0;
    of.list("d(c)", "m=d", "/more");
    BOOST_TEST(of.view().commits_end.most == 0u);
    BOOST_TEST(of.view().commits_end.is_loss);
    BOOST_TEST(of.view().commits_end.shown == 1u);
}

BOOST_AUTO_TEST_CASE(the_default_branch_is_the_one_that_a_walk_last_showed_to_be_it)
{
    observed_world of;
    of.walk("main=a trunk=b");
    BOOST_TEST(of.view().default_ref.empty());
    of.default_branch = "trunk";
    of.walk("main=a trunk=b");
    BOOST_TEST(of.view().default_ref == "refs/heads/trunk");
    of.default_branch = "main";
    of.walk("main=a trunk=b");
    BOOST_TEST(of.view().default_ref == "refs/heads/main");
}

BOOST_AUTO_TEST_CASE(commits_are_told_with_the_ref_that_leads_to_them)
{
    known_world of;
    of.walk("m=a");
    of.list("e(c)d(b)c(a)b(a)", "m=d,x=e");
    auto const on = [&](char commit) {
        for (auto const& value : of.values)
            if (value.find("\"subject\":\"commits/" + hash(commit)) != std::string::npos)
                return value.find("refs/heads/x") != std::string::npos ? 'x' : 'm';
        return '?';
    };
    BOOST_TEST(on('e') == 'x');
    BOOST_TEST(on('c') == 'x');
    BOOST_TEST(on('d') == 'm');
    BOOST_TEST(on('b') == 'm');
}

BOOST_AUTO_TEST_CASE(what_lies_behind_a_reconciled_head_is_known_though_it_was_never_told)
{
    observed_world of;
    of.walk("main=a x=c");
    BOOST_TEST(of.list("ed(c)c(b)b(a)", "m=e") ==
                   (strings{"commit.added commits/" + hash('d'), "commit.added commits/" + hash('e')}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_tag_and_a_branch_of_one_name_are_two_refs_wherever_a_page_ends)
{
    for (bool const one_page : {true, false}) {
        observed_world of;
        auto const walk = [&](std::string const& branches, std::string const& tags) {
            return one_page ? of.see(branches + tags, of.asof(), 0, "") : of.walk(branches + tags);
        };
        BOOST_TEST(walk("main=a v1=b ", "tags/v1=c").empty());
        BOOST_TEST(of.view().exclude.size() == 3u);
        BOOST_TEST(walk("main=a v1=b ", "tags/v1=c").empty());
        BOOST_TEST(of.view().doubts.empty());

        walk("main=a v1=d ", "tags/v1=c");
        BOOST_TEST(walk("main=a v1=d ", "tags/v1=c") ==
                       (strings{"system.gap_detected refs/heads/v1", "ref.updated refs/heads/v1"}),
                   boost::test_tools::per_element());

        BOOST_TEST(walk("main=a v1=d ", "").empty());
        BOOST_TEST_REQUIRE(of.view().doubts.size() == 1u);
        BOOST_TEST(of.view().doubts.front().name == "refs/tags/v1");
        BOOST_TEST(of.look_up("v1", 'd').empty());
        BOOST_TEST(doubts_absence(of));
        BOOST_TEST(
            of.look_up("tags/v1", '0') == (strings{"system.gap_detected refs/tags/v1", "ref.deleted refs/tags/v1"}),
            boost::test_tools::per_element());
        BOOST_TEST(walk("main=a v1=d ", "").empty());
        BOOST_TEST(of.view().doubts.empty());
    }
}

BOOST_AUTO_TEST_CASE(what_does_not_say_whether_it_is_a_branch_or_a_tag_is_left_out)
{
    observed_world of;
    of.walk("main=a x=b");
    of.see("main=a", of.asof(), 0, "/more");
    of.typed = false;
    BOOST_TEST(of.see("x=c", of.asof(), 1, "").empty());
    of.typed = true;
    BOOST_TEST_REQUIRE(of.view().doubts.size() == 1u);  // so it seems to be gone, until it is looked up
    BOOST_TEST(doubts_absence(of));
    BOOST_TEST(of.look_up("x", 'b').empty());
}

// Former records have a key for each kind.
BOOST_AUTO_TEST_CASE(branches_and_tags_that_were_listed_apart_fold_to_the_same)
{
    auto const told = [](bool first_apart, bool then_apart) {
        observed_world of;
        strings all;
        auto const walk = [&](std::string const& refs) {
            of.walk(refs);
            all.insert(all.end(), of.ids.begin(), of.ids.end());
        };
        of.apart = first_apart;
        walk("main=a v1=b tags/v1=c");
        of.push("ad");
        walk("main=d v1=e tags/v1=f");
        of.apart = then_apart;
        walk("main=d v1=e tags/v1=f");
        walk("main=d v1=e tags/v1=f");
        auto const seen = of.view();
        BOOST_TEST(seen.doubts.empty());
        BOOST_TEST(hashes(seen.include) == (strings{hash('d'), hash('e'), hash('f')}),
                   boost::test_tools::per_element());
        BOOST_TEST(of.all_ids.size() ==
                   7u);  // the push, and of each ref that moved what is missing, the change, its run
        return all;
    };
    auto const apart = told(true, true);
    BOOST_TEST(apart == told(false, false), boost::test_tools::per_element());
    BOOST_TEST(apart == told(true, false), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_walk_that_was_begun_with_branches_alone_is_no_whole_one)
{
    observed_world of;
    of.apart = true;
    of.see("main=a v1=b", of.asof(), 0, "/2.0/one/refs/branches?page=2");
    BOOST_TEST(of.view().refs.pages == 1u);
    BOOST_TEST(of.view().refs.next == "/2.0/one/refs/branches?page=2");
    BOOST_TEST(!of.view().baseline);
    of.apart = false;
    BOOST_TEST(of.see("main=a tags/v1=c", of.asof(), 0, "/2.0/one/refs?page=2").empty());
    BOOST_TEST(!of.view().baseline);
    BOOST_TEST(of.see("x=d", of.asof(), 1, "").empty());
    auto const seen = of.view();
    BOOST_TEST(seen.baseline);
    BOOST_TEST(seen.refs.pages == 0u);
    BOOST_TEST(hashes(seen.exclude) == (strings{hash('a'), hash('d'), hash('c')}), boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(seen.doubts.size() == 1u);  // the first page's branch, which the walk after it lacked
    BOOST_TEST(seen.doubts.front().name == "refs/heads/v1");
}

}  // namespace bbstream
