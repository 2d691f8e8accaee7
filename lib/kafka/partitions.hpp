// The partitions that this daemon writes to, and where they end.
#pragma once

#include "kafka/client.hpp"
#include "kafka/timeouts.hpp"
#include "kafka/topics.hpp"

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace bbstream::kafka {

struct partition {
    std::string topic;
    std::int32_t number = 0;
    friend auto operator<=>(partition const&, partition const&) = default;
};

// The records of a partition from one offset to another, the second one excluded.
struct offset_range {
    partition at;
    std::int64_t begin = 0;
    std::int64_t end = 0;
    friend bool operator==(offset_range const&, offset_range const&) = default;
};

// Those of the wanted topics of events, then that of the cursor topic; none of a topic that does not exist.
// Errors: unavailable; permanent.
result<std::vector<partition>> our_partitions(client& through, config::kafka const& config,
                                              event::topic_set const& topics, timeouts const& within);

// The offset behind all that a consumer with this handle's isolation.level sees: the last stable offset under
// read_committed, the high watermark otherwise (Kafka protocol, ListOffsets, timestamp -1). One for each partition.
// Errors: unavailable; permanent.
result<std::vector<std::int64_t>> ends_of(client& through, std::vector<partition> const& of, timeouts const& within);

// The offset of the first record that is not older than `since` (milliseconds since 1970); negative where there is
// none. Errors: unavailable; permanent.
result<std::vector<std::int64_t>> offsets_since(client& through, std::vector<partition> const& of, std::int64_t since,
                                                timeouts const& within);

}  // namespace bbstream::kafka
