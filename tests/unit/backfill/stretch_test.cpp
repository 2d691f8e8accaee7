// How far looks have stretched: when they are late, and what is said of it.
#include "backfill/stretch.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream::backfill {

namespace {

using namespace std::chrono_literals;

config::backfill configured(std::chrono::milliseconds interval, std::chrono::milliseconds grace,
                            std::chrono::milliseconds reconcile = 6h)
{
    config::backfill how;
    how.interval = interval;
    how.grace = grace;
    how.reconcile = reconcile;
    return how;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stretching)

BOOST_AUTO_TEST_CASE(a_look_may_take_an_interval_or_its_graces)
{
    BOOST_TEST((late_after(config::backfill()) == 5min));
    BOOST_TEST((late_after(configured(1h, 30s)) == 1h));
    BOOST_TEST((late_after(configured(10s, 30s)) == 5min));
    BOOST_TEST((late_after(configured(24h, 30s, 6h)) == 6h));
}

BOOST_AUTO_TEST_CASE(looks_do_not_become_late_and_timely_with_each_look)
{
    lateness of(300s);
    BOOST_TEST(!of.note(0s));
    BOOST_TEST(!of.note(300s));
    BOOST_TEST(!of.is_late());
    BOOST_TEST(of.note(301s));
    BOOST_TEST(of.is_late());
    for (auto const due_for : {299s, 9'000s, 151s, 300s, 301s})
        BOOST_TEST(!of.note(due_for));
    BOOST_TEST(of.is_late());
    BOOST_TEST(of.note(150s));
    BOOST_TEST(!of.is_late());
    BOOST_TEST(!of.note(299s));
}

BOOST_AUTO_TEST_CASE(a_cycle_takes_what_its_requests_take)
{
    BOOST_TEST((cycle_time(0, 0.25) == 0s));
    BOOST_TEST((cycle_time(7'200, 0.25) == 8h));
    BOOST_TEST((cycle_time(1, 1e-300) == 24h * 366));
    BOOST_TEST((cycle_time(1e300, 1) == 24h * 366));
    BOOST_TEST((cycle_time(1, 0) == 24h * 366));
}

BOOST_AUTO_TEST_CASE(what_is_said_tells_what_becomes_of_the_configured_times)
{
    auto const how = configured(5min, 30s);
    stretch now{"cloud", 1'200, 0s, 8h + 3min};
    BOOST_TEST(stretch_text(now, how) ==
               "looks are in time: one at each of 1200 repositories takes 8 h 3 min of the budget");
    now.overdue = 90min;
    BOOST_TEST(stretch_text(now, how) ==
               "looks come up to 1 h 30 min late: interval 5 min is up to 1 h 35 min, reconcile 6 h is up to 7 h 30 "
               "min; one at each of 1200 repositories takes 8 h 3 min of the budget");
    now.repositories = 0;
    BOOST_TEST(stretch_text(now, how) == "no repository is known so far");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace bbstream::backfill
