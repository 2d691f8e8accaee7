// The events that a cursor's record names as lost, read back from where they lie.
#pragma once

#include "kafka/hanging.hpp"

#include <vector>

namespace bbstream::kafka {

// Of the ranges, what is ours, no later than `until`, and not visible behind its range: so much was published again
// already. They are of one or two transactions, and as many bytes. Errors: unavailable; permanent.
result<std::vector<message_handle>> read_lost(reader_pair const& through, std::vector<offset_range> const& where,
                                              own_events whose, sink::cursor const& until, timeouts const& within);

}  // namespace bbstream::kafka
