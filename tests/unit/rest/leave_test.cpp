// Leave that a command has of the daemon: what is asked for, what it is good for, and what the daemon keeps for it.
#include "rest/pacer.hpp"
#include "rest_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::rest;
using namespace bbstream::test;
using std::chrono::seconds;

namespace {

instant const begin{seconds(1000)};

struct paced {
    // Ends at the first wait that people would notice, so that no test waits so long.
    explicit paced(budget limits, leave_source lender = nullptr, milliseconds patience = leave_wait_max)
        : by(
              loop.get_executor(), limits,
              [this](milliseconds wait, wait_reason why) {
                  waits.emplace_back(wait, why);
                  boost::asio::post(loop, [this] { by.stop(); });
              },
              std::move(lender), patience)
    {
    }

    bool admits(priority urgency = priority::live) { return run(loop, by.admit(urgency)); }

    boost::asio::io_context loop;
    std::vector<std::pair<milliseconds, wait_reason>> waits;
    pacer by;
};

// So that nothing comes back within a test.
constexpr double hardly = 0.001;

}  // namespace

BOOST_AUTO_TEST_SUITE(leave_of_the_daemon)

BOOST_AUTO_TEST_CASE(portions_grow_with_what_was_used)
{
    leave_book book;
    std::vector<unsigned> wanted;
    for (int answer = 0; answer < 6; ++answer) {
        BOOST_TEST(book.must_ask(begin));
        wanted.push_back(book.wanted());
        book.note(leave{wanted.back(), milliseconds(0)}, begin);
        while (book.take(begin))
            BOOST_TEST(book.is_given());
    }
    std::vector<unsigned> const portions{1, 2, 4, 8, leave_max, leave_max};
    BOOST_TEST(wanted == portions, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(leave_is_good_after_its_wait)
{
    leave_book book;
    book.note(leave{2, milliseconds(500)}, begin);
    BOOST_TEST(!book.must_ask(begin));
    BOOST_TEST(!book.take(begin + milliseconds(499)));
    BOOST_TEST((book.ready_at() == begin + milliseconds(500)));
    BOOST_TEST(book.take(begin + milliseconds(500)));
    BOOST_TEST(book.take(begin + milliseconds(500)));
    BOOST_TEST(!book.take(begin + seconds(9)));
    BOOST_TEST(book.must_ask(begin + milliseconds(500)));
}

BOOST_AUTO_TEST_CASE(where_none_is_given_the_daemon_is_asked_seldom)
{
    leave_book book;
    book.note(leave{5, milliseconds(0)}, begin);
    BOOST_TEST(book.take(begin));
    book.note(std::nullopt, begin);
    BOOST_TEST(!book.is_given());
    BOOST_TEST(!book.take(begin));
    BOOST_TEST(!book.must_ask(begin + seconds(59)));
    BOOST_TEST(book.must_ask(begin + seconds(60)));
}

BOOST_AUTO_TEST_CASE(whatever_the_daemon_says_is_within_bounds)
{
    leave_book book;
    book.note(leave{0, milliseconds(0)}, begin);
    BOOST_TEST((book.is_given() && !book.must_ask(begin) && book.ready_at() > begin));
    book.note(leave{1000, milliseconds(-5)}, begin);
    unsigned taken = 0;
    while (book.take(begin))
        ++taken;
    BOOST_TEST(taken == leave_max);
    book.note(leave{1, milliseconds(std::numeric_limits<std::int64_t>::max())}, begin);
    BOOST_TEST((book.ready_at() == begin + std::chrono::hours(1)));
}

BOOST_AUTO_TEST_CASE(with_leave_a_command_sends_more_than_its_own_budget)
{
    std::vector<unsigned> asked;
    paced command({hardly, 1}, [&](unsigned wanted) {
        asked.push_back(wanted);
        return leave{wanted, milliseconds(0)};
    });
    for (int number = 0; number < 15; ++number)
        BOOST_TEST(command.admits());
    BOOST_TEST(asked == (std::vector<unsigned>{1, 2, 4, 8}), boost::test_tools::per_element());
    BOOST_TEST(command.waits.empty());
}

BOOST_AUTO_TEST_CASE(when_the_daemon_goes_ones_own_budget_counts)
{
    int answers = 3;
    paced command({hardly, 2}, [&](unsigned) -> std::optional<leave> {
        if (answers-- > 0)
            return leave{1, milliseconds(0)};
        return std::nullopt;
    });
    for (int number = 0; number < 5; ++number)
        BOOST_TEST(command.admits());
    BOOST_TEST(!command.admits());
    BOOST_TEST(answers == -1);
    BOOST_REQUIRE(command.waits.size() == 1u);
    BOOST_TEST((command.waits[0].second == wait_reason::budget));
}

BOOST_AUTO_TEST_CASE(a_wait_for_the_daemons_budget_is_told_as_such_and_a_pause_of_bitbuckets_counts_too)
{
    paced command({1000, 1000}, [](unsigned) { return leave{1, seconds(10)}; });
    BOOST_TEST(!command.admits());
    BOOST_REQUIRE(command.waits.size() == 1u);
    BOOST_TEST((command.waits[0].second == wait_reason::daemon && command.waits[0].first > seconds(9)));
    paced paused({1000, 1000}, [](unsigned) { return leave{1, seconds(0)}; });
    paused.by.pause_until(std::chrono::steady_clock::now() + seconds(20));
    BOOST_TEST(!paused.admits());
    BOOST_REQUIRE(paused.waits.size() == 1u);
    BOOST_TEST((paused.waits[0].second == wait_reason::bitbucket && paused.waits[0].first > seconds(19)));
}

BOOST_AUTO_TEST_CASE(a_longer_wait_for_the_daemons_leave_than_there_is_patience_for_is_not_begun)
{
    for (auto const said : {milliseconds(31'000), milliseconds(std::numeric_limits<std::int64_t>::max())}) {
        paced command(
            {1000, 1000},
            [&](unsigned) {
                return leave{1, said};
            },
            seconds(30));
        BOOST_TEST(!command.admits());
        BOOST_TEST(command.waits.empty());
        BOOST_TEST((command.by.too_long() > seconds(29) && command.by.too_long() <= leave_wait_max));
    }
    paced patient(
        {1000, 1000},
        [](unsigned) {
            return leave{1, seconds(29)};
        },
        seconds(30));
    BOOST_TEST(!patient.admits());
    BOOST_TEST(patient.waits.size() == 1u);
    BOOST_TEST((patient.by.too_long() == seconds(0)));
}

BOOST_AUTO_TEST_CASE(a_daemon_that_gives_nothing_is_not_asked_for_ever)
{
    int asked = 0;
    auto const lender = [&](unsigned) {
        ++asked;
        return leave{0, milliseconds(0)};
    };
    paced command({1000, 1000}, lender, milliseconds(1'500));
    BOOST_TEST(!command.admits());
    BOOST_TEST(asked == 2);
    BOOST_TEST(command.by.too_long().count() > 0);
}

BOOST_AUTO_TEST_CASE(what_is_not_urgent_leaves_a_tenth_of_the_burst)
{
    paced daemon({hardly, 20});
    for (int number = 0; number < 18; ++number)
        BOOST_TEST(daemon.admits(priority::backfill));
    BOOST_TEST(daemon.by.lend(1).requests == 1u);
    BOOST_TEST(daemon.admits(priority::live));
    BOOST_TEST(daemon.waits.empty());

    paced other({hardly, 20});
    for (int number = 0; number < 18; ++number)
        BOOST_TEST(other.admits(priority::backfill));
    BOOST_TEST(!other.admits(priority::backfill));
    BOOST_REQUIRE(other.waits.size() == 1u);
    BOOST_TEST((other.waits[0].first > seconds(900) && other.waits[0].first <= seconds(1000)));
    BOOST_TEST(other.by.lend(1).requests == 1u);
}

BOOST_AUTO_TEST_CASE(a_daemon_lends_what_is_there_and_then_keeps_the_next_one)
{
    paced daemon({hardly, 5});
    BOOST_TEST(daemon.by.lend(3).requests == 3u);
    auto const rest = daemon.by.lend(3);
    BOOST_TEST((rest.requests == 2u && rest.wait == milliseconds(0)));
    auto const next = daemon.by.lend(3);
    BOOST_TEST(next.requests == 1u);
    BOOST_TEST((next.wait > seconds(900) && next.wait <= seconds(1000)));
    auto const after = daemon.by.lend(1);
    BOOST_TEST((after.requests == 1u && after.wait > seconds(1900) && after.wait <= seconds(2000)));
    daemon.by.stop();
    daemon.loop.run();  // to the end of what was kept
    BOOST_TEST(daemon.by.lend(1).requests == 0u);
}

BOOST_AUTO_TEST_CASE(no_more_than_so_many_are_kept)
{
    paced daemon({hardly, 1});
    unsigned given = 0;
    leave last;
    for (int number = 0; number < 100; ++number) {
        last = daemon.by.lend(1);
        given += last.requests;
    }
    BOOST_TEST(given == 33u);  // the one that was there, and 32 that will be
    BOOST_TEST((last.requests == 0u && last.wait > seconds(32'000)));
    daemon.by.stop();
    daemon.loop.run();
}

BOOST_AUTO_TEST_CASE(what_is_kept_for_a_command_goes_before_what_is_less_urgent_and_is_paid_for)
{
    auto const began = std::chrono::steady_clock::now();
    paced daemon({20, 1});
    BOOST_TEST(daemon.by.lend(1).requests == 1u);
    std::vector<std::string> order;
    auto const note = [&](std::string const& who) {
        return [&order, who](std::exception_ptr, bool admitted) { order.push_back(who + (admitted ? "" : " not")); };
    };
    boost::asio::co_spawn(daemon.loop, daemon.by.admit(priority::backfill), note("backfill"));
    daemon.loop.poll();
    auto const kept = daemon.by.lend(1);
    BOOST_TEST((kept.requests == 1u && kept.wait <= milliseconds(50)));
    boost::asio::co_spawn(daemon.loop, daemon.by.admit(priority::live), note("live"));
    daemon.loop.run();
    std::vector<std::string> const wanted{"live", "backfill"};
    BOOST_TEST(order == wanted, boost::test_tools::per_element());
    // One was there; then the command's, the live one's and the other's came each after the one before.
    BOOST_TEST((std::chrono::steady_clock::now() - began >= milliseconds(149)));
}

BOOST_AUTO_TEST_SUITE_END()
