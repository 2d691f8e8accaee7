#include "state/checkpoint_choice.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>

namespace bbstream::state {

namespace {

using list = std::vector<std::uint64_t>;

std::uint64_t widest_gap(std::uint64_t begin, list const& older, std::uint64_t end)
{
    std::uint64_t widest = 0;
    for (auto const each : older) {
        widest = std::max(widest, each - begin);
        begin = each;
    }
    return std::max(widest, end - begin);
}

void remove(list& from, list const& gone)
{
    for (auto const each : gone)
        std::erase(from, each);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(checkpoint_choice)

BOOST_AUTO_TEST_CASE(what_the_journal_no_longer_leads_on_from_may_go)
{
    BOOST_TEST(dispensable({10, 20, 30}, 40, 1).empty());
    BOOST_TEST(dispensable({10, 20, 30}, 40, 11).empty());
    BOOST_TEST(dispensable({10, 20, 30}, 40, 12) == list{10}, boost::test_tools::per_element());
    BOOST_TEST(dispensable({10, 20, 30}, 40, 99) == (list{10, 20, 30}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_too_many_the_one_between_the_closest_neighbors_goes)
{
    BOOST_TEST(dispensable({10, 20, 30, 40, 45, 50, 60, 70, 80}, 90, 1) == list{45}, boost::test_tools::per_element());
    BOOST_TEST(dispensable({2, 3, 30, 40, 50, 60, 70, 80, 90}, 100, 1) == list{2}, boost::test_tools::per_element());
    BOOST_TEST(dispensable({10, 20, 30, 40, 50, 60, 70, 80, 90}, 91, 1) == list{90}, boost::test_tools::per_element());
}

// Over any history of checkpoints and trimming, the widest stretch without one is some three times that of an even
// spread at most.
BOOST_AUTO_TEST_CASE(they_stay_spread_over_what_the_journal_has)
{
    std::mt19937 random(7);
    list older;
    std::uint64_t in_effect = 0;
    std::uint64_t first = 1;
    for (int step = 0; step < 20'000; ++step) {
        if (in_effect > 0)
            older.push_back(in_effect);
        in_effect += 1 + random() % 200;
        if (in_effect > 100'000)
            first = std::max<std::uint64_t>(first, in_effect - 100'000 + random() % 1'000);
        remove(older, dispensable(older, in_effect, first));
        BOOST_TEST_REQUIRE(older.size() <= older_checkpoints_max);
        auto const even = (in_effect - first) / (older_checkpoints_max + 1);
        BOOST_TEST_REQUIRE(widest_gap(first - 1, older, in_effect) <= 3 * even + 400, "step " << step);
    }
    BOOST_TEST(first > 1'000'000u);
}

BOOST_AUTO_TEST_CASE(a_fold_begins_with_the_newest_that_is_not_beyond)
{
    list const all{10, 20, 30};
    BOOST_TEST(in_order_of_use(all, 25, 1) == (list{20, 10}), boost::test_tools::per_element());
    BOOST_TEST(in_order_of_use(all, 20, 1) == (list{20, 10}), boost::test_tools::per_element());
    BOOST_TEST(in_order_of_use(all, 9, 1).empty());
}

BOOST_AUTO_TEST_CASE(where_the_journal_is_not_whole_the_oldest_beyond_will_do)
{
    list const all{10, 20, 30, 40};
    BOOST_TEST(in_order_of_use(all, 15, 11) == (list{10, 20, 30, 40}), boost::test_tools::per_element());
    BOOST_TEST(in_order_of_use(all, 15, 12) == (list{20, 30, 40}), boost::test_tools::per_element());
    BOOST_TEST(in_order_of_use(all, 35, 21) == (list{30, 20, 40}), boost::test_tools::per_element());
    BOOST_TEST(in_order_of_use(all, 50, 42).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace bbstream::state
