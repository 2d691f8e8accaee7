// The events that a cursor's record names as lost, read back from where they lie.
#pragma once

#include "kafka/hanging.hpp"
#include "kafka/partition_reader.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

namespace bbstream::kafka {

class lost_events {
   public:
    // `all` reads what is not committed too. Of the ranges, what is ours and no later than `until` counts.
    lost_events(client& all, std::vector<offset_range> const& where, own_events whose, sink::cursor const& until,
                std::chrono::steady_clock::time_point deadline);

    // The next one, or nothing. Errors: unavailable; permanent.
    result<message_handle> next();

   private:
    result<message_handle> next_in_range();

    client& all_;
    std::vector<offset_range> const& where_;
    own_events whose_;
    sink::mark const last_;
    std::chrono::steady_clock::time_point const deadline_;
    std::size_t at_ = 0;
    std::unique_ptr<partition_reader> range_;  // the one at hand
};

}  // namespace bbstream::kafka
