// The events that a cursor's record names as lost, read back from where they lie.
#pragma once

#include "kafka/hanging.hpp"

#include <chrono>
#include <vector>

namespace bbstream::kafka {

// Of the ranges, what is ours and no later than `until`; `all` reads what is not committed too. They are of one or two
// transactions, and as many bytes. Errors: unavailable; permanent.
result<std::vector<message_handle>> read_lost(client& all, std::vector<offset_range> const& where, own_events whose,
                                              sink::cursor const& until,
                                              std::chrono::steady_clock::time_point deadline);

}  // namespace bbstream::kafka
