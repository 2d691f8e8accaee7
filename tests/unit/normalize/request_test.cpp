// What is missing: what the fold asks for, and what it says of the asking.
#include "observed_world.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace bbstream {

namespace {

using namespace test;

// Its main branch stands at a, as REST has shown it.
struct asking_world : observed_world {
    asking_world() { walk("main=a"); }

    // A push, and the request that it makes.
    void ask(std::string const& what, std::string const& ref, std::string const& listed, bool truncated)
    {
        push(what, ref, listed, truncated);
        auto const missing = view().missing;
        BOOST_REQUIRE(!missing.empty());
        request = missing.back().id;
    }

    std::string kind() { return std::string(state::request_name(view().missing.at(0).kind)); }
    bool holds(std::size_t value, std::string const& text) { return values.at(value).find(text) != std::string::npos; }
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_truncated_push_asks_for_its_other_commits_and_is_filled_by_their_last_page)
{
    asking_world of;
    of.ask("ae", "main", "ed", true);
    auto const gap = of.ids.at(0);
    BOOST_TEST(of.kind() == "truncated");
    BOOST_TEST(of.view().missing[0].head.hash == hash('e'));
    BOOST_TEST(of.left_out() == (strings{hash('a'), hash('a')}), boost::test_tools::per_element());

    BOOST_TEST(of.list("edc", "m=e", "/more") == added("c"), boost::test_tools::per_element());
    BOOST_TEST(of.runs == strings{"started refs/heads/main truncated"}, boost::test_tools::per_element());
    BOOST_TEST(of.holds(0, "\"causationid\":\"" + gap));
    BOOST_TEST(of.holds(1, "\"causationid\":\"" + of.request));
    BOOST_TEST(of.view().fills.has_value());
    BOOST_TEST(of.list("b(a)", "m=e", "", 1) == added("b"), boost::test_tools::per_element());
    BOOST_TEST(of.runs == strings{"finished refs/heads/main filled 2 0"}, boost::test_tools::per_element());
    BOOST_TEST(of.holds(1, "\"causationid\":\"" + gap));
    BOOST_TEST(of.view().missing.empty());
    BOOST_TEST(!of.view().fills.has_value());
    BOOST_TEST(hashes(of.view().exclude) == strings{hash('a')}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_push_without_a_list_asks_for_it_and_no_gap_is_told)
{
    asking_world of;
    of.ask("ac", "main", "-", false);
    BOOST_TEST(of.kind() == "unlisted");
    BOOST_TEST(of.ids.size() == 1u);
    BOOST_TEST(of.list("cb(a)", "m=c") == added("bc"), boost::test_tools::per_element());
    BOOST_TEST(of.runs.empty());
    BOOST_TEST(of.view().missing.empty());
    of.push("0c", "x", "-");
    BOOST_TEST(of.view().missing.empty());
}

BOOST_AUTO_TEST_CASE(a_new_branch_that_lists_some_commits_tells_none_before_it_is_known_which_are_new)
{
    asking_world of;
    BOOST_TEST(of.push("0c", "x", "cb(a)", true).size() == 2u);
    BOOST_TEST(of.push("0c", "x", "cb(a)", true).empty());  // a second hook's copy
    of.request = of.view().missing.at(0).id;
    BOOST_TEST(of.list("cb(a)a(0)0", "x=c") == added("bc"), boost::test_tools::per_element());
    BOOST_TEST(of.runs.size() == 2u);

    observed_world unpolled;
    unpolled.push("0a", "main");
    BOOST_TEST(unpolled.push("0c", "x", "cb(a)", true).size() == 4u);
}

BOOST_AUTO_TEST_CASE(a_new_branch_tells_what_it_lists_where_nothing_could_be_had_until_all_is_looked_at_again)
{
    asking_world of;
    of.ask("ae", "main", "ed", true);
    of.fail("forbidden");
    BOOST_TEST(of.push("0c", "x", "cb(a)", true).size() == 4u);
    of.walk("main=e x=c");
    BOOST_TEST(of.push("0f", "y", "fd(a)", true).size() == 2u);
}

BOOST_AUTO_TEST_CASE(what_is_asked_for_before_the_first_sight_lies_behind_other_refs_too)
{
    observed_world of;
    of.push("ac", "main", "c", true);
    of.walk("main=c x=c");
    auto const missing = of.view().missing;
    BOOST_TEST_REQUIRE(missing.size() == 1u);
    BOOST_TEST(std::ranges::count(of.left_out(), hash('c')) == 0);
    of.request = missing[0].id;
    BOOST_TEST(of.list("cb(a)", "m=c") == added("b"), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_gap_in_the_chain_asks_for_all_that_is_not_reconciled)
{
    asking_world of;
    of.ask("cd", "main", "d(c)", false);
    BOOST_TEST(of.kind() == "chain");
    BOOST_TEST(of.left_out() == (strings{hash('a'), hash('a')}), boost::test_tools::per_element());
    BOOST_TEST(of.list("dcb(a)", "m=d") == added("bc"), boost::test_tools::per_element());
    BOOST_TEST(of.runs == (strings{"started refs/heads/main chain", "finished refs/heads/main filled 2 0"}),
               boost::test_tools::per_element());
}

// Of several pushes that a look has told as one.
BOOST_AUTO_TEST_CASE(a_late_push_to_where_the_ref_was_found_to_stand_tells_nothing_of_what_was_there_before)
{
    asking_world of;
    of.walk("main=d");
    of.walk("main=d");
    BOOST_TEST(of.list("dcb(a)", "m=d") == added("bcd"), boost::test_tools::per_element());
    of.ask("cd", "main", "d(c)", false);
    BOOST_TEST(of.kind() == "chain");
    BOOST_TEST(std::ranges::count(of.left_out(), hash('d')) == 1);
    BOOST_TEST(of.list("dcba(9)9(0)", "m=d").empty());
    BOOST_TEST(of.runs == (strings{"started refs/heads/main chain", "finished refs/heads/main filled 0 0"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_refused_is_unfillable_at_once_and_what_fails_after_five_tries)
{
    asking_world of;
    of.ask("ae", "main", "ed", true);
    of.fail("absent");
    BOOST_TEST(of.runs == (strings{"started refs/heads/main truncated", "finished refs/heads/main unfillable 0 1"}),
               boost::test_tools::per_element());
    of.ask("e2", "main", "2f", true);
    of.fail("failed");
    BOOST_TEST(of.runs == strings{"started refs/heads/main truncated"}, boost::test_tools::per_element());
    for (int tries = 2; tries < 5; ++tries) {
        of.fail("failed");
        BOOST_TEST(of.runs.empty());
        BOOST_TEST(of.view().missing.at(0).tries == tries);
    }
    of.fail("failed");
    BOOST_TEST(of.runs == strings{"finished refs/heads/main unfillable 0 1"}, boost::test_tools::per_element());
    BOOST_TEST(of.view().missing.empty());
    of.fail("failed");
    BOOST_TEST(of.runs.empty());
}

BOOST_AUTO_TEST_CASE(a_change_that_was_found_ends_with_the_commits_behind_it)
{
    asking_world of;
    of.walk("m=c main=a");
    of.walk("m=c main=a");
    BOOST_TEST(of.runs == strings{"started refs/heads/m poll"}, boost::test_tools::per_element());
    BOOST_TEST(of.view().missing.empty());
    BOOST_TEST(of.view().include.size() == 1u);
    of.walk("m=c main=a");
    BOOST_TEST(of.runs.empty());
    of.list("cb(a)", "m=c");
    BOOST_TEST(of.runs == strings{"finished refs/heads/m filled 2 0"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_one_look_shows_and_fills_is_not_given_up_however_much_it_is)
{
    asking_world of;
    of.ask("ae", "main", "ed", true);
    auto const changes = state::requests_max + 10;
    std::string branches = "main=e m=c";
    for (std::size_t at = 1; at < changes; ++at)
        branches += " m" + std::to_string(at) + "=c";
    of.walk(branches);
    of.walk(branches);
    auto const count = [&](std::string_view what) {
        return static_cast<std::size_t>(
            std::ranges::count_if(of.runs, [&](auto const& each) { return each.find(what) != std::string::npos; }));
    };
    BOOST_TEST(of.runs.size() == changes);
    BOOST_TEST(count("started") == changes);
    BOOST_TEST(of.view().missing.size() == 1u);  // the webhook's
    of.request.clear();
    of.list("cb(a)", "m=c");
    BOOST_TEST(of.runs.size() == changes);
    BOOST_TEST(count("filled") == changes);
    BOOST_TEST(count("unfillable") == 0u);
}

BOOST_AUTO_TEST_CASE(a_ref_that_is_found_to_be_gone_has_nothing_behind_it)
{
    asking_world of;
    of.push("0b", "x");
    of.walk("main=a");
    of.look_up("x", '0');
    BOOST_TEST(of.runs == (strings{"started refs/heads/x poll", "finished refs/heads/x filled 0 0"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_listing_that_ends_too_early_says_how_much_is_known_to_be_missing)
{
    asking_world of;
    of.ask("ae", "main", "ed", true);
    of.cut = true;
    of.list("edc(xyz)", "m=e");
    BOOST_TEST(of.runs.at(1) == "finished refs/heads/main unfillable 1 3");
    of.request.clear();
    of.walk("m=9 main=e");
    of.walk("m=9 main=e");
    of.list("98(7)", "m=9");
    BOOST_TEST(of.runs.at(0) == "finished refs/heads/m unfillable 2 1");
    of.list("65(4)", "q=6");
    BOOST_TEST(of.runs == (strings{"started repository poll", "finished repository unfillable 2 1"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(where_polling_was_turned_off_what_a_new_branch_lists_does_not_wait_for_an_answer)
{
    asking_world of;
    of.polled = false;
    BOOST_TEST(of.push("0c", "x", "cb(a)", true).size() == 4u);  // a gap, the branch, and the commits that are listed
    BOOST_TEST(of.view().missing.size() == 1u);                  // for when it is turned on again
    of.polled = true;
    BOOST_TEST(of.push("07", "z", "78(9)", true).size() == 2u);
}

BOOST_AUTO_TEST_CASE(what_a_new_branch_lists_is_told_when_it_is_known_that_no_answer_comes)
{
    for (std::string const outcome : {"absent", "forbidden", "removed"}) {
        asking_world of;
        of.ask("0c", "x", "cb", true);
        BOOST_TEST(of.fail(outcome) == added("bc"), boost::test_tools::per_element());
        BOOST_TEST(of.holds(1, "\"causationid\":\"" + of.request));
        BOOST_TEST(of.runs == (strings{"started refs/heads/x truncated", "finished refs/heads/x unfillable 2 1"}),
                   boost::test_tools::per_element());
    }

    asking_world failing;
    failing.ask("0c", "x", "cb", true);
    for (int tries = 1; tries < 5; ++tries)
        BOOST_TEST(failing.fail("failed").empty());
    BOOST_TEST(failing.fail("failed") == added("bc"), boost::test_tools::per_element());

    asking_world switched_off;
    switched_off.ask("0c", "x", "cb", true);
    BOOST_TEST(switched_off.view().missing.at(0).withholds);
    BOOST_TEST(switched_off.fail("unpolled") == added("bc"), boost::test_tools::per_element());
    BOOST_TEST(switched_off.runs.empty());
    BOOST_TEST(!switched_off.view().missing.at(0).withholds);
    BOOST_TEST(switched_off.fail("unpolled").empty());
    BOOST_TEST(switched_off.list("cb9(a)", "x=c") == added("9"), boost::test_tools::per_element());  // it is on again
    BOOST_TEST(switched_off.runs == (strings{"started refs/heads/x truncated", "finished refs/heads/x filled 3 0"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(once_an_answer_has_begun_to_come_nothing_is_told_that_was_there_before)
{
    asking_world of;
    of.ask("0c", "x", "cb(a)", true);
    BOOST_TEST(of.list("ca(0)", "x=c", "/more") == added("c"), boost::test_tools::per_element());
    BOOST_TEST(of.push("0c", "x", "cb(a)", true).empty());  // a second hook's copy
    BOOST_TEST(of.fail("absent").empty());
}

BOOST_AUTO_TEST_CASE(of_commits_that_wait_so_many_are_kept_as_fit)
{
    asking_world of;
    std::string commits;
    for (int at = 0; at < 2'000; ++at)
        commits += 'c';
    of.ask("0c", "x", commits, true);
    BOOST_TEST(of.fail("absent") == added("c"), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_nobody_asks_for_does_not_pile_up)
{
    asking_world of;
    for (std::size_t at = 0; at <= state::unlisted_max; ++at)
        of.push("0b", "x" + std::to_string(at), "-");
    BOOST_TEST(of.view().missing.size() == state::unlisted_max);
    BOOST_TEST(of.view().missing.front().head.ref == "refs/heads/x1");
    BOOST_TEST(normalize::repositories_with_missing(*of.in.state, "cloud") == strings{"r1"},
               boost::test_tools::per_element());
    BOOST_TEST(normalize::repositories_with_missing(*of.in.state, "other").empty());
}

}  // namespace bbstream
