// Reading back from Kafka what the cursor topic holds: a node's committed cursor, and who serves which instance.
#pragma once

#include "base/failure.hpp"
#include "kafka/claims.hpp"
#include "kafka/client.hpp"
#include "sink/sink.hpp"

#include <chrono>
#include <string>

namespace bbstream::kafka {

struct cursor_topic_content {
    sink::stored_cursor cursor;
    kafka::owners owners;
};

// The newest committed records, the cursor being that of `node`, on a consumer's handle. To be called after
// init_transactions, which ends what a predecessor left open. Transactions that other nodes have open in the topic are
// waited for, since what is committed behind them does not show before. The client is of no use afterwards.
// Errors: unavailable; permanent: there is a record of such a key that is no cursor, or names no owner.
result<cursor_topic_content> read_cursor_topic(client& through, std::string const& topic, std::string const& node,
                                               std::chrono::milliseconds at_most);

}  // namespace bbstream::kafka
