// What is to be done about transactions that hang: a pure decision.
//
// A transaction hangs where its coordinator holds it for ended, but has left out the marker that ends it in a partition
// (KIP-664 has the term). Kafka 4.3 leaves markers out of partitions that have no leader just then, as after a broker's
// crash. Consumers under read_committed see nothing of it, nor of what lies behind it, and the next marker of the same
// producer decides over it, be that a commit or an abort. So what had been decided is found out, and done, before
// anything else is published.
#pragma once

#include "kafka/partitions.hpp"
#include "sink/mark.hpp"
#include "sink/sink.hpp"

#include <optional>
#include <vector>

namespace bbstream::kafka {

// Of a partition of events where a transaction of ours hangs.
struct hanging_events {
    offset_range where;               // from the hanging transaction's first record to the partition's end
    std::optional<sink::mark> first;  // of our first event there, than which none has a lower one
};

struct mending_facts {
    sink::stored_cursor committed;      // the newest that consumers see
    std::vector<offset_range> lost;     // as its record has it
    std::vector<sink::cursor> hanging;  // those behind it in the cursor's partition, where one of ours hangs there
    sink::stored_cursor acknowledged;   // the newest that this process knows to be committed
    std::optional<sink::mark> visible;  // the highest of our events that consumers see, if beyond `committed`
    std::vector<hanging_events> of_events;
};

struct mending_plan {
    sink::stored_cursor cursor;         // through which events are committed
    std::vector<offset_range> lost;     // where some of those lie that nobody sees: to be published once more
    std::vector<offset_range> aborted;  // where what hangs is ended, as aborted
};

// All events up to this cursor have a mark that is no greater.
sink::mark last_mark(sink::cursor const& of);

// A commit is only asked for when all events are written: if one is visible, all of its transaction are committed; if
// none is, publishing all of them anew is as good.
mending_plan plan_mending(mending_facts const& facts);

}  // namespace bbstream::kafka
