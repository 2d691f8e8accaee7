// What a start finds: the chain of segments, and where the last one really ends.
#pragma once

#include "journal/directory.hpp"
#include "journal/segment_plan.hpp"

#include <cstdint>
#include <vector>

namespace bbstream::journal {

struct recovered_log {
    std::vector<segment_state> segments;  // empty: there is no journal yet
    bool marked = false;                  // the last frame is an end mark
    std::uint64_t torn_at = 0;            // where the last segment's torn tail was cut; 0 when there was none
};

enum class visitor {
    owner,   // makes sure first that what it reads is on the disk
    reader,  // changes nothing; the journal may be in use
};

// Numbers of the segments in the directory, in order.
result<std::vector<std::uint64_t>> list_segments(directory const& in);

// Why `next` can't follow `previous`; empty when it can.
std::string chain_problem(segment_header const& previous, segment_header const& next);

// Reads all headers and the frames of the last segment, and verifies the frames of as many earlier ones, newest first,
// as verify_bytes_max covers; the others are verified when they are read. Errors: io; corrupt for damage before a valid
// end, naming segment and offset.
result<recovered_log> recover(directory& in, visitor who, std::uint64_t verify_bytes_max);

}  // namespace bbstream::journal
