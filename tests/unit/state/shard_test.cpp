#include "numbered_key.hpp"
#include "state/state.hpp"

#include <boost/test/unit_test.hpp>

#include <malloc.h>

#include <string>

namespace bbstream::state {

namespace {

constexpr seconds now = 1'800'000'000;

ref_state ref_at(char name)
{
    ref_state made;
    if (name != '0')
        made.head = head::of_hex(std::string(40, name));
    for (std::uint64_t prefix = 1; prefix <= known_heads_max; ++prefix)
        made.known.add(prefix);
    return made;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_delivery_is_seen_for_24_hours)
{
    shard of;
    BOOST_TEST((of.see_delivery(numbered_key(1), 0, now) == seen::never));
    BOOST_TEST((of.see_delivery(numbered_key(1), 0, now) == seen::alike));
    BOOST_TEST((of.see_delivery(numbered_key(1), 0, now + delivery_window) == seen::alike));
    BOOST_TEST((of.see_delivery(numbered_key(1), 0, now + delivery_window + 1) == seen::never));
    BOOST_TEST((of.see_delivery(numbered_key(1), 0, now) == seen::alike));  // a clock that went back
    BOOST_TEST((of.see_delivery(numbered_key(2), 0, now) == seen::never));
}

BOOST_AUTO_TEST_CASE(a_delivery_that_holds_something_else_is_told_apart)
{
    shard of;
    BOOST_TEST((of.see_delivery(numbered_key(1), 7, now) == seen::never));
    BOOST_TEST((of.see_delivery(numbered_key(1), 8, now) == seen::otherwise));
    BOOST_TEST((of.see_delivery(numbered_key(1), 7, now) == seen::alike));
}

BOOST_AUTO_TEST_CASE(facts_last_400_days)
{
    shard of;
    BOOST_TEST(of.publish_once(numbered_key(1), now));
    BOOST_TEST(!of.publish_once(numbered_key(1), now + fact_window));
    BOOST_TEST(of.publish_once(numbered_key(1), now + fact_window + 1));
    of.count_occurrence(numbered_key(2), std::nullopt, now);
    of.count_occurrence(numbered_key(2), std::nullopt, now + 1);
    BOOST_TEST(of.occurrences(numbered_key(2), now + 1 + fact_window) == 2u);
    BOOST_TEST(of.occurrences(numbered_key(2), now + 2 + fact_window) == 0u);
}

BOOST_AUTO_TEST_CASE(a_machine_stands_where_it_was_put_for_400_days)
{
    shard of;
    BOOST_TEST(!of.find_machine(numbered_key(1), now));
    of.write_machine(numbered_key(1), numbered_key(2), 7, now);
    of.write_machine(numbered_key(1), numbered_key(3), 8, now + 1);
    auto const* found = of.find_machine(numbered_key(1), now + 1 + fact_window);
    BOOST_TEST_REQUIRE(found);
    BOOST_TEST((found->fact == numbered_key(3)));
    BOOST_TEST(found->mark == 8);
    BOOST_TEST(!of.find_machine(numbered_key(1), now + 2 + fact_window));
    BOOST_TEST(of.units() == machine_units);
    of.forget_machine(numbered_key(1));
    BOOST_TEST(!of.find_machine(numbered_key(1), now));
    BOOST_TEST(of.units() == 0u);
}

BOOST_AUTO_TEST_CASE(a_snapshot_lasts_400_days_and_a_closed_one_30)
{
    shard of;
    BOOST_TEST(!of.find_snapshot(numbered_key(1), now));
    of.write_snapshot(numbered_key(1), 7, "first", false, now);
    of.write_snapshot(numbered_key(1), 8, "second", false, now + 1);
    auto const* found = of.find_snapshot(numbered_key(1), now + 1 + fact_window);
    BOOST_TEST_REQUIRE(found);
    BOOST_TEST(found->packed == "second");
    BOOST_TEST(found->mark == 8);
    BOOST_TEST(!of.find_snapshot(numbered_key(1), now + 2 + fact_window));
    BOOST_TEST(of.units() == snapshot_units(6));

    of.write_snapshot(numbered_key(1), 9, "closed", true, now + 2);
    BOOST_TEST(of.find_snapshot(numbered_key(1), now + 2 + closed_window));
    BOOST_TEST(!of.find_snapshot(numbered_key(1), now + 3 + closed_window));
    BOOST_TEST(of.units() == snapshot_units(6));
    of.forget(now + 3 + closed_window);
    BOOST_TEST(of.units() == 0u);
    BOOST_TEST(of.evicted() == 0u);
}

BOOST_AUTO_TEST_CASE(a_snapshot_that_is_too_long_is_none_and_neither_is_the_one_before)
{
    shard of;
    of.write_snapshot(numbered_key(1), 7, std::string(snapshot_bytes_max, 's'), false, now);
    BOOST_TEST(of.find_snapshot(numbered_key(1), now));
    of.write_snapshot(numbered_key(1), 8, std::string(snapshot_bytes_max + 1, 's'), false, now);
    BOOST_TEST(!of.find_snapshot(numbered_key(1), now));
    BOOST_TEST(of.units() == 0u);
}

BOOST_AUTO_TEST_CASE(above_the_bound_closed_snapshots_go_before_open_ones_and_these_before_machines)
{
    shard of;
    of.write_machine(numbered_key(1), numbered_key(2), 0, now);
    of.write_snapshot(numbered_key(3), 0, "open", false, now);
    of.write_snapshot(numbered_key(4), 0, "closed", true, now + 1);
    of.publish_once(numbered_key(5), now);
    of.set_units_max(of.units() - 2);
    of.forget(now);
    BOOST_TEST(of.publish_once(numbered_key(5), now));
    BOOST_TEST(!of.find_snapshot(numbered_key(4), now));
    BOOST_TEST(of.find_snapshot(numbered_key(3), now));
    of.set_units_max(machine_units);
    of.forget(now);
    BOOST_TEST(!of.find_snapshot(numbered_key(3), now));
    BOOST_TEST(of.find_machine(numbered_key(1), now));
}

BOOST_AUTO_TEST_CASE(what_has_left_its_window_goes_without_being_evicted)
{
    shard of;
    for (std::uint64_t number = 0; number < 10; ++number)
        of.see_delivery(numbered_key(number), 0, now);
    of.forget(now + delivery_window);
    BOOST_TEST(of.units() == 10u);
    of.forget(now + delivery_window + 1);
    BOOST_TEST(of.units() == 0u);
    BOOST_TEST(of.evicted() == 0u);
}

BOOST_AUTO_TEST_CASE(above_the_bound_the_oldest_go_in_the_order_of_their_kinds)
{
    shard of;
    of.set_units_max(8 + machine_units);
    of.see_delivery(numbered_key(1), 0, now);
    of.count_occurrence(numbered_key(2), std::nullopt, now);
    of.publish_once(numbered_key(3), now);
    of.publish_once(numbered_key(4), now);
    of.write_machine(numbered_key(6), numbered_key(2), 0, now);
    of.write_ref(numbered_key(5), ref_at('a'));
    BOOST_TEST(of.units() == 4 + machine_units + ref_units);

    of.forget(now);  // old heads go first, the head stays
    ref_state found;
    BOOST_TEST_REQUIRE(of.find_ref(numbered_key(5), found));
    BOOST_TEST((found.head == ref_at('a').head));
    BOOST_TEST(found.known.size() == settled_heads_max);
    BOOST_TEST(found.known.contains(known_heads_max));
    BOOST_TEST(of.evicted() == 1u);

    of.set_units_max(3 + machine_units);
    of.forget(now);  // then published facts, oldest first
    BOOST_TEST(!of.publish_once(numbered_key(4), now));
    BOOST_TEST(of.units() == 3 + machine_units);
    BOOST_TEST(of.find_machine(numbered_key(6), now));
    of.set_units_max(3);
    of.forget(now);  // one more published fact, then machines
    BOOST_TEST(!of.find_machine(numbered_key(6), now));
    of.set_units_max(2);
    of.forget(now);
    BOOST_TEST(of.occurrences(numbered_key(2), now) == 1u);
    of.set_units_max(1);
    of.forget(now);  // then occurrences
    BOOST_TEST(of.occurrences(numbered_key(2), now) == 0u);
    BOOST_TEST((of.see_delivery(numbered_key(1), 0, now) == seen::alike));
    of.set_units_max(0);
    of.forget(now);  // deliveries last
    BOOST_TEST(of.units() == 0u);
    BOOST_TEST(of.evicted() == 6u);
    BOOST_TEST(of.find_ref(numbered_key(5), found));
}

BOOST_AUTO_TEST_CASE(a_deleted_ref_may_be_forgotten_and_one_that_moves_again_has_its_room_back)
{
    shard of;
    of.set_units_max(0);
    of.write_ref(numbered_key(1), ref_at('0'));
    of.write_ref(numbered_key(2), ref_at('b'));
    of.forget(now);
    ref_state found;
    BOOST_TEST(!of.find_ref(numbered_key(1), found));
    BOOST_TEST(of.find_ref(numbered_key(2), found));
    of.set_units_max(100);
    of.write_ref(numbered_key(2), ref_at('c'));
    BOOST_TEST_REQUIRE(of.find_ref(numbered_key(2), found));
    BOOST_TEST(found.known.size() == known_heads_max);
    BOOST_TEST((found.head == ref_at('c').head));
    BOOST_TEST(of.units() == ref_units);
}

BOOST_AUTO_TEST_CASE(a_shard_is_applied_through_where_it_was_loaded_and_where_the_fold_is)
{
    state all(1 << 20);
    all.set_loaded(3, 500);
    BOOST_TEST(all.applied(3) == 500u);
    BOOST_TEST(all.applied(4) == 0u);
    all.advance(10);
    BOOST_TEST(all.applied(3) == 500u);
    BOOST_TEST(all.applied(4) == 10u);
    all.advance(501);
    BOOST_TEST(all.applied(3) == 501u);
    all.clear();
    BOOST_TEST(all.applied(3) == 0u);
}

BOOST_AUTO_TEST_CASE(occurrences_are_known_by_their_times)
{
    shard of;
    auto const fact = numbered_key(2);
    of.count_occurrence(fact, std::nullopt, now);
    BOOST_TEST(!of.occurred_at(fact, 100, now).has_value());
    for (seconds const told : {100u, 200u, 300u})
        of.count_occurrence(fact, told, now);
    for (seconds const told : {98u, 100u, 102u, 202u, 298u, 302u})
        BOOST_TEST(of.occurred_at(fact, told, now).value(), told);
    for (seconds const told : {97u, 103u, 303u})
        BOOST_TEST(!of.occurred_at(fact, told, now).value(), told);
    BOOST_TEST(!of.occurred_at(fact, 300, now + 1 + fact_window).has_value());
}

BOOST_AUTO_TEST_CASE(size_max_bounds_the_memory_that_is_really_used)
{
    std::uint64_t const size_max = 48 << 20;
    auto const in_use = [] { return mallinfo2().uordblks + mallinfo2().hblkhd; };
    std::size_t const before = in_use();
    state all(size_max);
    for (std::uint64_t number = 0; number < 3'000'000; ++number) {
        auto& into = all.shard(state::shard_of(numbered_key(number % 1000)));
        switch (number % 6) {
            case 0:
                into.see_delivery(numbered_key(number), 0, now);
                break;
            case 1:
                into.count_occurrence(numbered_key(number), now, now);
                break;
            case 2:
                into.publish_once(numbered_key(number), now);
                break;
            case 3:
                into.write_machine(numbered_key(number), numbered_key(number), 0, now);
                break;
            case 4:
                into.write_snapshot(numbered_key(number), 0, std::string(number % 700, 's'), number % 4 == 0, now);
                break;
            default:
                if (number % 48 == 5)
                    into.write_ref(numbered_key(number), ref_at('0'));
        }
        into.forget(now);
    }
    std::size_t const used = in_use() - before;
    BOOST_TEST(all.evicted() > 1'000'000u);
    BOOST_TEST(all.bytes() < size_max);
    BOOST_TEST(used < size_max);
    BOOST_TEST(all.bytes() > size_max / 2);
}

}  // namespace bbstream::state
