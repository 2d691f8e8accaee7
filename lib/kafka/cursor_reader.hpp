// Reading a node's committed cursor back from Kafka.
#pragma once

#include "base/failure.hpp"
#include "kafka/client.hpp"
#include "sink/sink.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace bbstream::kafka {

// The newest committed record of `node`, on a consumer's handle; nothing if there is none. To be called after
// init_transactions, which ends what a predecessor left open. Transactions that other nodes have open in the topic are
// waited for, since what is committed behind them does not show before. The client is of no use afterwards.
// Errors: unavailable; permanent: there is a record that is not a cursor.
result<sink::stored_cursor> read_cursor(client& through, std::string const& topic, std::string const& node,
                                        std::chrono::milliseconds at_most);

}  // namespace bbstream::kafka
