// The way from a reactor's coroutines to the journal and back, on an event loop without a listener.
#include "flow/append_bridge.hpp"

#include "support/fake_journal.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace bbstream::test;
using bbstream::flow::append_bridge;
using bbstream::journal::append_status;

namespace {

constexpr std::size_t appends = 50;

struct bridged {
    fake_journal journal;
    boost::asio::io_context io{1};
    append_bridge bridge{io.get_executor(), journal};
    std::vector<append_bridge::outcome> outcomes = std::vector<append_bridge::outcome>(appends);

    bbstream::net::task<void> append(std::size_t which)
    {
        auto const body = std::to_string(which);
        bbstream::journal::record record;
        record.body = body;
        outcomes[which] = co_await bridge.append(record);
    }

    void append_all()
    {
        for (std::size_t which = 0; which < appends; ++which)
            boost::asio::co_spawn(io, append(which), boost::asio::detached);
        io.run();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(bridge, bridged)

BOOST_AUTO_TEST_CASE(appends_of_one_turn_go_to_the_journal_together_and_in_order)
{
    append_all();
    BOOST_TEST(journal.hand_overs() == 1u);
    auto const records = journal.records();
    BOOST_REQUIRE(records.size() == appends);
    for (std::size_t which = 0; which < appends; ++which) {
        BOOST_TEST(records[which].body == std::to_string(which));
        BOOST_TEST((outcomes[which].status == append_status::durable));
        BOOST_TEST(outcomes[which].sequence == records[which].sequence);
    }
}

BOOST_AUTO_TEST_CASE(each_turn_is_a_hand_over_of_its_own)
{
    append_all();
    io.restart();
    append_all();
    BOOST_TEST(journal.hand_overs() == 2u);
    BOOST_TEST(journal.records().size() == 2 * appends);
}

BOOST_AUTO_TEST_CASE(a_refusal_comes_back_to_everyone)
{
    journal.answer_with(append_status::overloaded);
    append_all();
    for (auto const& outcome : outcomes)
        BOOST_TEST((outcome.status == append_status::overloaded));
}

BOOST_AUTO_TEST_SUITE_END()
