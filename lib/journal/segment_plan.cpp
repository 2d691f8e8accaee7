#include "journal/segment_plan.hpp"

#include <algorithm>

namespace bbstream::journal {

namespace {

// Many segments within size_max: so there is always a whole one to give up.
constexpr std::uint64_t segments_in_size_max = 4;

// Between landmarks: what a read may have to skip.
constexpr std::uint64_t landmark_bytes = 256u << 10;

std::uint64_t bounded(size_limits const& limits, std::uint64_t wanted, std::uint64_t needed)
{
    std::uint64_t const most = std::min(limits.segment_bytes_max, limits.size_max / segments_in_size_max);
    std::uint64_t const whole_blocks = std::min(wanted, most) / block_bytes * block_bytes;
    return std::max(whole_blocks, round_up_to_block(needed));
}

}  // namespace

std::uint64_t next_capacity(size_limits const& limits, std::uint64_t previous, std::uint64_t needed)
{
    return bounded(limits, std::max(limits.segment_bytes_first, previous * 2), needed);
}

std::uint64_t least_capacity(size_limits const& limits, std::uint64_t needed)
{
    return bounded(limits, limits.segment_bytes_first, needed);
}

void add_landmark(std::vector<frame_place>& landmarks, frame_place place)
{
    if (landmarks.empty() || place.offset >= landmarks.back().offset + landmark_bytes)
        landmarks.push_back(place);
}

bool is_released(segment_state const& segment, std::uint64_t released_through)
{
    return segment.next_sequence - 1 <= released_through;
}

bool is_expired(segment_state const& segment, std::uint64_t released_through, std::chrono::microseconds retention,
                micros now)
{
    return is_released(segment, released_through) && segment.last_received <= now - retention.count();
}

}  // namespace bbstream::journal
