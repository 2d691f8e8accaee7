// Pure decisions about segments: how large the next one is, and which may go.
#pragma once

#include "base/time.hpp"
#include "journal/format.hpp"
#include "journal/frame_reader.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace bbstream::journal {

// A segment as recovery finds it, and as writer and readers know it.
struct segment_state {
    segment_header header;
    std::uint64_t capacity = 0;          // bytes of its file
    std::uint64_t end = block_bytes;     // valid end so far
    std::uint64_t next_sequence = 0;     // one beyond its last record
    micros last_received = 0;            // receive time of the last record so far, of predecessors where it has none
    bool failed = false;                 // a write failed: the file is not used again
    std::vector<frame_place> landmarks;  // some of its frames, in order, so that a read need not start at its beginning
};

struct size_limits {
    std::uint64_t segment_bytes_first = 4u << 20;  // the first segment; each next one is twice as large,
    std::uint64_t segment_bytes_max = 64u << 20;   // up to this, and to a quarter of size_max
    std::uint64_t size_max = 20ull << 30;          // of all segments, spare included
};

// Header, the frames asked for and an end mark.
constexpr std::uint64_t segment_bytes_for(std::uint64_t frame_bytes)
{
    return block_bytes + round_up_to_block(frame_bytes) + block_bytes;
}

// What to make next after a segment of this size (0: none), and the least where that is too much.
std::uint64_t next_capacity(size_limits const& limits, std::uint64_t previous, std::uint64_t needed);
std::uint64_t least_capacity(size_limits const& limits, std::uint64_t needed);

// Remembers a frame unless the last landmark is near; places come in order.
void add_landmark(std::vector<frame_place>& landmarks, frame_place place);

// Published and applied as a whole.
bool is_released(segment_state const& segment, std::uint64_t released_through);
// Released, and its last record is older than the retention.
bool is_expired(segment_state const& segment, std::uint64_t released_through, std::chrono::microseconds retention,
                micros now);

}  // namespace bbstream::journal
