#include "unit/journal/sim_log.hpp"

#include <algorithm>

using namespace bbstream;
using namespace bbstream::journal;
using namespace bbstream::journal::test;

namespace {

bool has_spare(sim_disk const& disk)
{
    auto const names = disk.names();
    return std::find(names.begin(), names.end(), spare_name) != names.end();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(writer)

BOOST_AUTO_TEST_CASE(a_new_journal_has_an_identity_that_stays)
{
    sim_log log;
    log.open();
    auto const identity = log.view->status().identity;
    BOOST_TEST((identity != bbstream::journal::identity{}));
    BOOST_TEST(log.view->status().first == 1u);
    BOOST_TEST(log.view->status().last == 0u);
    log.must_append();
    log.close();
    log.open();
    BOOST_TEST((log.view->status().identity == identity));
    BOOST_TEST(log.view->status().last == 1u);
    sim_log other;
    other.open();
    BOOST_TEST((other.view->status().identity != identity));
}

BOOST_AUTO_TEST_CASE(a_batch_is_one_write)
{
    sim_log log;
    log.open();
    auto const calls = log.disk.calls();
    log.must_append(30, 1'000);
    BOOST_TEST(log.disk.calls() == calls + 1);
}

BOOST_AUTO_TEST_CASE(the_next_segment_is_made_ahead_so_that_an_append_only_renames_it)
{
    sim_log log;
    log.open();
    while (!has_spare(log.disk))
        log.must_append();
    BOOST_TEST(log.view->last().end < log.view->last().capacity / 2);
    std::uint64_t calls = 0;
    while (log.view->last().header.number == 1) {
        calls = log.disk.calls();
        log.must_append();
    }
    // The header, the rename, the sync of the directory, the frame.
    BOOST_TEST(log.disk.calls() == calls + 4);
    BOOST_TEST(log.view->last().capacity == 128u << 10);
}

BOOST_AUTO_TEST_CASE(a_record_larger_than_a_segment_gets_one_that_fits)
{
    sim_log log;
    log.options.limits = {};
    log.open();
    log.must_append();
    log.must_append(1, (8u << 20) + (64u << 10));
    log.must_append();
    BOOST_TEST(log.read_all() == 3u);
    log.close();
    log.open();
    BOOST_TEST(log.read_all() == 3u);
}

BOOST_AUTO_TEST_CASE(after_a_failed_write_the_log_goes_on_in_a_new_segment_that_excludes_it)
{
    for (bool const direct : {true, false}) {
        sim_log log(direct);
        log.open();
        log.must_append();
        auto const end = log.view->last().end;
        log.disk.fail_after(0);
        BOOST_TEST((log.append() == append_status::refused));
        log.must_append(2);
        BOOST_TEST(log.view->last().header.number == 2u);
        BOOST_TEST(log.view->last().header.previous_end == end);
        BOOST_TEST(log.view->last().header.first_sequence == 2u);
        BOOST_TEST(log.said("goes on in a new segment"));
        log.lose_power();
        log.open();
        BOOST_TEST(log.read_all() == 3u);
    }
}

BOOST_AUTO_TEST_CASE(a_disk_that_goes_on_failing_is_not_hammered_with_new_segments)
{
    sim_log log;
    log.open();
    log.must_append();
    log.disk.fail_after(0, 1'000'000);
    BOOST_TEST((log.append() == append_status::refused));
    BOOST_TEST(!log.view->status().writable);
    BOOST_TEST((log.append() == append_status::refused));
    auto const calls = log.disk.calls();
    for (int i = 0; i < 100; ++i)
        BOOST_TEST((log.append() == append_status::refused));
    BOOST_TEST(log.disk.calls() == calls);
    log.wait();
    BOOST_TEST(log.disk.calls() > calls);
    BOOST_TEST(!log.view->status().writable);
    log.disk.heal();
    log.wait();
    BOOST_TEST(log.view->status().writable);
    BOOST_TEST(log.said("takes writes again"));
    log.must_append();
    BOOST_TEST(log.read_all() == 2u);
}

BOOST_AUTO_TEST_CASE(a_full_disk_refuses_and_recovers_by_itself_when_space_returns)
{
    sim_log log;
    log.open();
    log.disk.set_capacity(log.disk.bytes());
    std::uint64_t durable = 0;
    while (log.append() == append_status::durable)
        ++durable;
    BOOST_TEST(durable > 10u);
    BOOST_TEST(!log.view->status().writable);
    BOOST_TEST(log.said("takes no writes"));
    log.disk.set_capacity(1u << 20);
    log.wait();
    BOOST_TEST(log.view->status().writable);
    log.must_append();
    BOOST_TEST(log.read_all() == durable + 1);
}

BOOST_AUTO_TEST_CASE(a_full_disk_costs_released_segments_before_it_costs_a_delivery)
{
    sim_log log;
    log.open();
    log.append_until_segment(4);
    log.disk.set_capacity(log.disk.bytes());
    log.view->release(log.view->status().last);
    for (int i = 0; i < 200; ++i) {
        log.must_append();
        log.view->release(log.view->status().last);
        log.wait();
    }
    BOOST_TEST(log.view->status().first > 1u);
}

BOOST_AUTO_TEST_CASE(what_is_not_published_is_never_removed)
{
    sim_log log;
    log.options.limits.size_max = 1u << 20;
    log.open();
    std::uint64_t durable = 0;
    log.view->release(5);
    while (log.append() == append_status::durable) {
        ++durable;
        log.now += days(30);
    }
    BOOST_TEST(log.said("size_max"));
    BOOST_TEST(log.view->status().first <= 6u);
    BOOST_TEST(log.view->status().bytes <= 1u << 20);
    BOOST_TEST(log.disk.bytes() == log.view->status().bytes);
    BOOST_TEST(!log.view->status().writable);
    log.view->release(durable / 2);
    log.wait();
    BOOST_TEST(log.view->status().writable);
    log.must_append();
    BOOST_TEST(log.view->status().first <= durable / 2 + 1);
    BOOST_TEST(log.disk.bytes() <= 1u << 20);
}

BOOST_AUTO_TEST_CASE(what_is_published_stays_for_the_retention)
{
    sim_log log;
    log.open();
    log.append_until_segment(5);
    log.view->release(log.view->status().last);
    log.now += days(6);
    for (int i = 0; i < 10; ++i)
        log.wait();
    BOOST_TEST(log.view->status().first == 1u);
    log.now += days(2);
    for (int i = 0; i < 10; ++i)
        log.wait();
    BOOST_TEST(log.view->status().segments == 1u);
    BOOST_TEST(log.view->status().first > 1u);
    auto const gone = read_after(*log.in, *log.view, 0, 1);
    BOOST_REQUIRE(!gone);
    BOOST_TEST((gone.error().kind == failure_kind::invalid));
    auto const first = log.view->status().first;
    log.close();
    log.open();
    BOOST_TEST(log.view->status().first == first);
}

BOOST_AUTO_TEST_CASE(an_expired_segment_becomes_the_next_one_and_its_old_frames_are_none_of_it)
{
    sim_log log;
    log.options.limits.segment_bytes_max = 64u << 10;
    log.open();
    log.append_until_segment(3);
    log.view->release(log.view->status().last);
    log.now += days(8);
    auto const bytes = log.disk.bytes();
    while (log.view->last().header.number == 3) {
        log.must_append();
        BOOST_TEST(log.disk.bytes() <= bytes);
    }
    log.must_append();
    auto const status = log.view->status();
    log.lose_power();
    log.open();
    BOOST_TEST(log.view->status().last == status.last);
    BOOST_TEST(log.read_all() == status.last + 1 - log.view->status().first);
}

BOOST_AUTO_TEST_CASE(the_file_of_a_failed_write_is_not_used_again)
{
    sim_log log;
    log.options.limits.segment_bytes_max = 64u << 10;
    log.open();
    log.must_append();
    log.disk.fail_after(0);
    BOOST_TEST((log.append() == append_status::refused));
    log.must_append();
    log.view->release(log.view->status().last);
    log.now += days(8);
    while (log.view->status().segments == 2)
        log.must_append();
    BOOST_TEST(log.view->status().first == 2u);
    BOOST_TEST(!has_spare(log.disk));
}

BOOST_AUTO_TEST_CASE(a_reader_that_follows_does_not_touch_the_disk)
{
    sim_log log;
    log.tail_bytes_max = 1u << 20;
    log.open();
    for (int i = 0; i < 5; ++i) {
        log.must_append(3);
        auto const calls = log.disk.calls();
        auto const last = log.view->status().last;
        auto const batch = read_after(*log.in, *log.view, last - 2, 1u << 20);
        BOOST_REQUIRE(batch.has_value());
        BOOST_TEST(batch->records.size() == 2u);
        BOOST_TEST(log.disk.calls() == calls);
    }
}

BOOST_AUTO_TEST_CASE(frames_in_memory_are_bounded_and_outlive_the_log_for_who_holds_them)
{
    sim_log log;
    log.tail_bytes_max = 64u << 10;
    log.open();
    log.must_append(1, 20'000);
    auto const kept = read_after(*log.in, *log.view, 0, 1);
    BOOST_REQUIRE(kept.has_value());
    for (int i = 0; i < 20; ++i)
        log.must_append(1, 20'000);
    auto const calls = log.disk.calls();
    BOOST_TEST(read_after(*log.in, *log.view, 0, 1).has_value());
    BOOST_TEST(log.disk.calls() > calls);
    log.close();
    log.view.reset();
    BOOST_TEST((kept->records.front().body == std::string(20'000, 'b')));
}

BOOST_AUTO_TEST_CASE(a_read_gives_whole_frames_up_to_its_bound_and_at_least_one_record)
{
    sim_log log;
    log.open();
    for (int i = 0; i < 10; ++i)
        log.must_append(2, 3'000);
    auto const batch_of = [&log](std::uint64_t after, std::size_t bytes_max) {
        auto const batch = read_after(*log.in, *log.view, after, bytes_max);
        BOOST_REQUIRE(batch.has_value());
        return batch->records.size();
    };
    BOOST_TEST(batch_of(0, 0) == 2u);
    BOOST_TEST(batch_of(0, 1) == 2u);
    BOOST_TEST(batch_of(1, 1) == 1u);
    BOOST_TEST(batch_of(0, 7'000) == 4u);
    BOOST_TEST(batch_of(19, 1'000'000) == 1u);
    BOOST_TEST(batch_of(20, 1'000'000) == 0u);
    BOOST_TEST(batch_of(1'000, 1'000'000) == 0u);
}

BOOST_AUTO_TEST_CASE(a_wake_is_never_lost_and_ends_one_wait)
{
    log_view view(0);
    segment_state segment;
    segment.header.first_sequence = segment.next_sequence = 1;
    view.start({segment});
    view.wake();
    BOOST_TEST(!view.wait_beyond(0, std::chrono::hours(1)));
    BOOST_TEST(!view.wait_beyond(0, std::chrono::milliseconds(1)));
}

BOOST_AUTO_TEST_SUITE_END()
