#include "journal/segment_plan.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream::journal;

namespace {

constexpr std::uint64_t mib = 1u << 20;

segment_state segment(std::uint64_t first, std::uint64_t next, bbstream::micros last_received)
{
    segment_state state;
    state.header.first_sequence = first;
    state.next_sequence = next;
    state.last_received = last_received;
    return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(segment_plan)

BOOST_AUTO_TEST_CASE(segments_double_up_to_their_greatest_size)
{
    size_limits const limits;
    BOOST_TEST(next_capacity(limits, 0, 0) == 4 * mib);
    BOOST_TEST(next_capacity(limits, 4 * mib, 0) == 8 * mib);
    BOOST_TEST(next_capacity(limits, 64 * mib, 0) == 64 * mib);
    BOOST_TEST(least_capacity(limits, 0) == 4 * mib);
}

BOOST_AUTO_TEST_CASE(a_segment_is_at_most_a_quarter_of_all_but_fits_what_is_asked_for)
{
    size_limits limits;
    limits.size_max = 20 * mib;
    BOOST_TEST(next_capacity(limits, 64 * mib, 0) == 5 * mib);
    BOOST_TEST(next_capacity(limits, 64 * mib, 9 * mib) == 9 * mib);
    BOOST_TEST(least_capacity(limits, 9 * mib + 1) == 9 * mib + block_bytes);
    limits.size_max = 100'000;
    BOOST_TEST(next_capacity(limits, 0, 0) % block_bytes == 0u);
    BOOST_TEST(next_capacity(limits, 0, 0) <= 25'000u);
}

BOOST_AUTO_TEST_CASE(a_segment_goes_once_its_last_record_is_released_and_old)
{
    using std::chrono::microseconds;
    auto const one = segment(5, 10, 1'000);
    BOOST_TEST(!is_released(one, 8));
    BOOST_TEST(is_released(one, 9));
    BOOST_TEST(!is_expired(one, 8, microseconds(100), 5'000));
    BOOST_TEST(!is_expired(one, 9, microseconds(100), 1'099));
    BOOST_TEST(is_expired(one, 9, microseconds(100), 1'100));
}

BOOST_AUTO_TEST_CASE(an_empty_segment_goes_with_its_predecessor)
{
    BOOST_TEST(!is_released(segment(10, 10, 1'000), 8));
    BOOST_TEST(is_released(segment(10, 10, 1'000), 9));
    BOOST_TEST(is_released(segment(1, 1, 0), 0));
}

BOOST_AUTO_TEST_CASE(landmarks_keep_their_distance)
{
    std::vector<frame_place> places;
    for (std::uint64_t i = 0; i < 1'000; ++i)
        add_landmark(places, {block_bytes * (i + 1), i});
    BOOST_TEST(places.size() > 10u);
    BOOST_TEST(places.size() < 20u);
    BOOST_TEST(places.front().sequence == 0u);
    auto const before = places.size();
    add_landmark(places, {block_bytes, 0});
    BOOST_TEST(places.size() == before);
}

BOOST_AUTO_TEST_SUITE_END()
