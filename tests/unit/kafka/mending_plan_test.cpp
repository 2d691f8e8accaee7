#include "kafka/mending_plan.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::kafka;

namespace {

partition const first{"bitbucket.commit.v1", 0};
partition const second{"bitbucket.commit.v1", 1};

sink::cursor cursor_at(std::uint64_t sequence, std::uint32_t epoch = 1)
{
    return {{7}, epoch, sequence};
}

hanging_events events_from(partition const& where, std::uint64_t sequence, std::uint32_t epoch = 1)
{
    return {{where, 10, 20}, sink::mark{epoch, {sequence, 3}}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(plan_for_what_hangs)

BOOST_AUTO_TEST_CASE(events_up_to_the_committed_cursor_are_lost_and_later_ones_are_not)
{
    mending_facts facts;
    facts.committed = cursor_at(42);
    facts.of_events = {events_from(first, 42), events_from(second, 43)};
    auto const plan = plan_mending(facts);
    BOOST_TEST((plan.cursor == sink::stored_cursor(cursor_at(42))));
    BOOST_TEST((plan.lost == std::vector{facts.of_events[0].where}));
    BOOST_TEST((plan.aborted == std::vector{facts.of_events[0].where, facts.of_events[1].where}));
}

BOOST_AUTO_TEST_CASE(a_hanging_cursor_counts_only_if_its_transaction_was_committed)
{
    mending_facts facts;
    facts.committed = cursor_at(42);
    facts.hanging = {cursor_at(50)};
    facts.of_events = {events_from(first, 43)};
    auto plan = plan_mending(facts);
    BOOST_TEST((plan.cursor == sink::stored_cursor(cursor_at(42))));
    BOOST_TEST(plan.lost.empty());

    facts.visible = sink::mark{1, {44, 0}};
    plan = plan_mending(facts);
    BOOST_TEST((plan.cursor == sink::stored_cursor(cursor_at(50))));
    BOOST_TEST((plan.lost == std::vector{facts.of_events[0].where}));
    BOOST_TEST((plan.aborted == std::vector{facts.of_events[0].where}));
}

// The transaction behind the one whose events show may have been aborted.
BOOST_AUTO_TEST_CASE(of_several_hanging_cursors_the_first_that_covers_what_is_known_counts)
{
    mending_facts facts;
    facts.committed = cursor_at(42);
    facts.hanging = {cursor_at(45), cursor_at(50)};
    facts.visible = sink::mark{1, {44, 0}};
    BOOST_TEST(plan_mending(facts).cursor->sequence == 45u);
    facts.visible = sink::mark{1, {45, 7}};
    BOOST_TEST(plan_mending(facts).cursor->sequence == 45u);
    facts.visible = sink::mark{1, {46, 0}};
    BOOST_TEST(plan_mending(facts).cursor->sequence == 50u);
    facts.visible = std::nullopt;
    facts.acknowledged = cursor_at(45);
    BOOST_TEST(plan_mending(facts).cursor->sequence == 45u);
    facts.acknowledged = cursor_at(45, 2);
    BOOST_TEST(plan_mending(facts).cursor->sequence == 42u);
}

BOOST_AUTO_TEST_CASE(of_a_node_that_has_no_cursor_nothing_is_lost)
{
    mending_facts facts;
    facts.hanging = {cursor_at(50)};
    facts.of_events = {events_from(first, 43)};
    auto const plan = plan_mending(facts);
    BOOST_TEST(!plan.cursor.has_value());
    BOOST_TEST(plan.lost.empty());
    BOOST_TEST((plan.aborted == std::vector{facts.of_events[0].where}));
}

BOOST_AUTO_TEST_CASE(an_earlier_epoch_comes_before_any_sequence_of_this_one)
{
    mending_facts facts;
    facts.committed = cursor_at(5, 2);
    facts.of_events = {events_from(first, 1'000, 1), events_from(second, 1, 3)};
    BOOST_TEST((plan_mending(facts).lost == std::vector{facts.of_events[0].where}));
}

// The range that was noted is the right one: what hangs there may have grown, by records that end nothing.
BOOST_AUTO_TEST_CASE(what_was_noted_as_lost_stays_so)
{
    mending_facts facts;
    facts.committed = cursor_at(42);
    facts.lost = {{first, 10, 15}, {second, 1, 2}};
    facts.of_events = {events_from(first, 40), {{{"bitbucket.dlq.v1", 0}, 3, 4}, std::nullopt}};
    auto const plan = plan_mending(facts);
    BOOST_TEST((plan.lost == facts.lost));
    BOOST_TEST(plan.aborted.size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
