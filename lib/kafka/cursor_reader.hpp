// Reading back from Kafka what the cursor topic holds: the nodes' committed cursors, and who serves which instance.
#pragma once

#include "base/failure.hpp"
#include "kafka/claims.hpp"
#include "kafka/client.hpp"
#include "kafka/cursor_record.hpp"
#include "sink/sink.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bbstream::kafka {

struct placed_cursor {
    sink::cursor cursor;
    std::int64_t offset = 0;  // of its record: the newer one has the higher
};

struct cursor_topic_content {
    sink::stored_cursor cursor;
    std::int64_t offset = -1;                                  // of its record
    std::int64_t written = 0;                                  // the time of its record, in milliseconds since 1970
    std::vector<offset_range> lost;                            // as the cursor's record has it
    std::map<std::string, placed_cursor, std::less<>> others;  // by node
    kafka::owners owners;
};

// The newest committed records, the cursor being that of `node`, on a consumer's handle. To be called after
// init_transactions, which ends what a predecessor left open. Transactions that other nodes have open in the topic are
// waited for, since what is committed behind them does not show before; with `end` only what lies before that offset is
// read.
// Errors: unavailable; permanent: there is a record of such a key that is no cursor, or names no owner.
result<cursor_topic_content> read_cursor_topic(client& through, std::string const& topic, std::string const& node,
                                               std::chrono::milliseconds at_most,
                                               std::optional<std::int64_t> end = std::nullopt);

}  // namespace bbstream::kafka
