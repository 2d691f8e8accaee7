// Older commits that somebody asks for, folded.
#include "observed_world.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream {

namespace {

using namespace test;

constexpr std::int64_t commits_date = 1'767'225'600;  // of all: 2026-01-01

// Its branches stand at c and e, as REST has shown them; c leads to b and a, e to d and b.
struct older_world : observed_world {
    older_world()
    {
        walk("m=c x=e");
        older = true;
    }
};

}  // namespace

BOOST_AUTO_TEST_CASE(older_commits_are_told_once_branch_by_branch_and_the_end_says_how_many)
{
    older_world of;
    BOOST_TEST(of.view().history.since == 0u);
    BOOST_TEST(of.list("cba", "m=c").empty());  // nobody has asked
    of.ask_for_older(commits_date);
    BOOST_TEST(of.runs == strings{"started history since"}, boost::test_tools::per_element());
    BOOST_TEST(of.view().history.since == commits_date);
    BOOST_TEST(hashes(of.view().history.left) == (strings{hash('c'), hash('e')}), boost::test_tools::per_element());
    BOOST_TEST(normalize::repositories_with_missing(*of.in.state, "cloud") == strings{"r1"},
               boost::test_tools::per_element());

    BOOST_TEST(of.list("cb(a)", "m=c", "/more") == added("bc"), boost::test_tools::per_element());
    BOOST_TEST(of.values.at(0).find(R"("bborigin":"backfill")") != std::string::npos);
    BOOST_TEST(of.view().history.commits.pages == 1u);
    BOOST_TEST(of.view().history.one_head);
    BOOST_TEST(of.view().history.left.size() == 2u);
    BOOST_TEST(of.list("a", "m=c", "", 1) == added("a"), boost::test_tools::per_element());
    BOOST_TEST(of.list("a", "m=c", "", 1).empty());
    BOOST_TEST(hashes(of.view().history.done) == strings{hash('c')}, boost::test_tools::per_element());
    BOOST_TEST(hashes(of.view().history.left) == strings{hash('e')}, boost::test_tools::per_element());
    BOOST_TEST(of.list("ed(b)", "x=e") == added("de"), boost::test_tools::per_element());
    BOOST_TEST(of.values.at(0).find("refs/heads/x") != std::string::npos);
    BOOST_TEST(of.view().history.shown == 5u);

    of.end_older("done");
    BOOST_TEST(of.runs == strings{"finished history filled 5 0"}, boost::test_tools::per_element());
    BOOST_TEST(of.view().history.since == 0u);
    BOOST_TEST(normalize::repositories_with_missing(*of.in.state, "cloud").empty());
    of.end_older("done");
    BOOST_TEST(of.runs.empty());
}

BOOST_AUTO_TEST_CASE(what_was_told_or_is_older_than_what_was_asked_for_is_not_told)
{
    older_world of;
    of.push("cf", "m", "f");
    of.ask_for_older(commits_date + 1);
    BOOST_TEST(of.list("fcba", "m=f").empty());
    of.end_older("done");
    BOOST_TEST(of.runs == strings{"finished history filled 0 0"}, boost::test_tools::per_element());
    of.ask_for_older(commits_date);
    BOOST_TEST(of.list("fcba", "m=f") == added("abc"), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(who_asks_again_for_less_changes_nothing_and_for_more_begins_anew)
{
    older_world of;
    of.ask_for_older(commits_date);
    of.list("cba", "m=c");
    of.ask_for_older(commits_date + 1);
    BOOST_TEST(of.runs.empty());
    BOOST_TEST(of.view().history.done.size() == 1u);
    of.ask_for_older(commits_date - 1);
    BOOST_TEST(of.runs.empty());
    BOOST_TEST(of.view().history.done.empty());
    BOOST_TEST(of.view().history.found == 3u);
    BOOST_TEST(of.list("cba", "m=c").empty());
}

BOOST_AUTO_TEST_CASE(older_commits_are_given_up_when_they_are_refused_too_many_or_fail_five_times)
{
    for (auto const* outcome : {"absent", "forbidden", "removed", "cut"}) {
        older_world of;
        of.ask_for_older(commits_date);
        of.list("cb(a)", "m=c", "/more");
        of.end_older(outcome);
        BOOST_TEST(of.runs == strings{"finished history unfillable 2 1"}, boost::test_tools::per_element());
        BOOST_TEST(of.view().history.since == 0u);
    }
    older_world of;
    of.ask_for_older(commits_date);
    for (int tries = 1; tries < 5; ++tries) {
        of.end_older("failed");
        BOOST_TEST(of.view().history.tries == tries);
    }
    of.list("cb(a)", "m=c", "/more");
    BOOST_TEST(of.view().history.tries == 0u);  // a page that came is a new beginning
    for (int tries = 0; tries < 5; ++tries)
        of.end_older("failed");
    BOOST_TEST(of.runs == strings{"finished history unfillable 2 1"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_listing_of_older_commits_leaves_the_other_one_alone)
{
    older_world of;
    of.older = false;
    of.walk("m=d x=e");
    of.walk("m=d x=e");
    of.list("d(c)", "m=d", "/next");
    of.older = true;
    of.ask_for_older(commits_date);
    of.list("ed(b)", "x=e", "/older");
    BOOST_TEST(of.view().commits.next == "/next");
    BOOST_TEST(of.view().history.commits.next == "/older");
    of.older = false;
    BOOST_TEST(of.list("c(b)", "m=d", "", 1).empty());  // it was there at first sight
    BOOST_TEST(of.view().commits.pages == 0u);
    BOOST_TEST(of.view().history.commits.pages == 1u);
}

}  // namespace bbstream
