// Looks that were asked for, without a poller.
#include "backfill/runs.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream::backfill {

namespace {

instant at(int second)
{
    return instant(std::chrono::seconds(second));
}

std::vector<run_target> two()
{
    return {{"cloud", "1", "acme/api"}, {"cloud", "2", "acme/web"}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(asked_for)

BOOST_AUTO_TEST_CASE(a_run_ends_when_each_of_its_repositories_was_looked_at_after_it_began)
{
    runs of;
    auto const run = of.begin(two(), at(10)).value();
    of.looked("cloud", "1", at(9), "");  // began before the run: it may have missed what the run is for
    of.looked("dc", "1", at(11), "");
    BOOST_TEST(of.progress(run)->left == 2);
    of.looked("cloud", "1", at(10), "");
    of.looked("cloud", "1", at(12), "later");  // once is enough
    BOOST_TEST(of.progress(run)->left == 1);
    of.looked("cloud", "2", at(11), "status 403");
    auto const told = of.progress(run).value();
    BOOST_TEST(told.left == 0);
    BOOST_TEST(told.repositories == 2);
    BOOST_TEST(told.failed == 1);
    BOOST_TEST(told.failures.at(0).repository == "acme/web");
    BOOST_TEST(told.failures.at(0).why == "status 403");
}

BOOST_AUTO_TEST_CASE(what_a_whole_instance_refuses_is_waited_for_no_longer_and_named_once)
{
    runs of;
    auto both = two();
    both.push_back({"dc", "1", "P/api"});
    auto const run = of.begin(std::move(both), at(10), true).value();
    auto const other = of.begin({{"dc", "1", "P/api"}}, at(10)).value();
    of.looked("cloud", "1", at(11), "", true);
    of.give_up("cloud", "status 401");
    of.give_up("cloud", "status 401");
    of.looked("cloud", "2", at(11), "status 401");  // it had begun before
    auto const told = of.progress(run).value();
    BOOST_TEST(told.left == 1);
    BOOST_TEST(told.failed == 2);
    BOOST_TEST(told.failures.size() == 1);
    BOOST_TEST(told.failures.at(0).repository == "");
    BOOST_TEST(told.failures.at(0).repositories == 2);
    BOOST_TEST(told.failures.at(0).why == "status 401");
    BOOST_TEST(of.progress(other)->left == 1);
    BOOST_TEST(of.progress(other)->failed == 0);
}

BOOST_AUTO_TEST_CASE(one_that_asks_for_older_commits_waits_until_these_are_listed)
{
    runs of;
    auto const plain = of.begin(two(), at(10)).value();
    auto const older = of.begin(two(), at(10), true).value();
    of.looked("cloud", "1", at(11), "", true);
    BOOST_TEST(of.progress(plain)->left == 1);
    BOOST_TEST(of.progress(older)->left == 2);
    of.told_older("cloud", "2", 5, "");  // before it is looked at as a whole
    BOOST_TEST(of.progress(older)->left == 2);
    of.told_older("cloud", "1", 7, "");
    BOOST_TEST(of.progress(older)->left == 1);
    of.looked("cloud", "2", at(12), "");
    BOOST_TEST(of.progress(older)->left == 0);
    BOOST_TEST(of.progress(older)->failed == 0);
    BOOST_TEST(of.progress(older)->commits == 12);
    BOOST_TEST(of.progress(plain)->commits == 0);

    auto const refused = of.begin(two(), at(20), true).value();
    of.looked("cloud", "1", at(21), "status 403", true);
    of.told_older("cloud", "2", 0, "too many");
    auto const told = of.progress(refused).value();
    BOOST_TEST(told.left == 0);
    BOOST_TEST(told.failures.at(0).why == "status 403");
    BOOST_TEST(told.failures.at(1).why == "too many");
}

BOOST_AUTO_TEST_CASE(what_is_gone_is_not_waited_for)
{
    runs of;
    auto const run = of.begin(two(), at(10)).value();
    of.forget_absent("dc", [](std::string_view) { return false; });
    BOOST_TEST(of.progress(run)->left == 2);
    of.forget_absent("cloud", [](std::string_view id) { return id == "1"; });
    BOOST_TEST(of.progress(run)->left == 1);
    BOOST_TEST(of.progress(run)->failures.at(0).repository == "acme/web");
}

BOOST_AUTO_TEST_CASE(runs_and_their_failures_are_bounded)
{
    runs of;
    std::vector<run_target> many;
    for (std::size_t i = 0; i <= runs::failures_max; ++i)
        many.push_back({"cloud", std::to_string(i), "acme/" + std::to_string(i)});
    auto const first = of.begin(many, at(1)).value();
    for (std::size_t i = 1; i < runs::kept_max; ++i)
        BOOST_TEST(of.begin(two(), at(1)).has_value());
    BOOST_TEST(!of.begin(two(), at(1)).has_value());
    for (auto const& each : many)
        of.looked("cloud", each.id, at(2), "status 500");
    BOOST_TEST(of.progress(first)->failed == runs::failures_max + 1);
    BOOST_TEST(of.progress(first)->failures.size() == runs::failures_max);
    BOOST_TEST(of.begin(two(), at(3)).has_value());  // the first one is finished, and forgotten
    BOOST_TEST(!of.progress(first).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace bbstream::backfill
