// Finding the transactions of ours that hang (see mending_plan.hpp).
#pragma once

#include "kafka/claims.hpp"
#include "kafka/client.hpp"
#include "kafka/mending_plan.hpp"
#include "kafka/timeouts.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bbstream::kafka {

// Two consumers: what is committed, and all there is.
struct reader_pair {
    client& committed;
    client& all;
};

// The partitions in which something lies that consumers don't see, from the last stable offset on: of whose
// transactions, and whether they just go on, is open. Errors: unavailable; permanent.
result<std::vector<offset_range>> open_ends(reader_pair const& through, std::vector<partition> const& among,
                                            timeouts const& within);

// Whether an event is of the node that asks: of no instance that another one owns, or a dead letter from this node's
// journal; and not of `journal replay`, which has transactions of its own.
class own_events {
   public:
    // `cursor` names the node's journal.
    own_events(std::string node, owners by_instance, sink::stored_cursor const& cursor);
    // Of a message in a topic of events. `mark` is set if it is ours and an event.
    bool own(rd_kafka_message_t const& message, std::optional<sink::mark>& mark);
    std::string const& node() const { return node_; }

   private:
    std::string const node_;
    owners const owners_;
    std::string const journal_;  // as hexadecimal digits
    std::string headers_;        // of the message at hand
};

// The record at the last stable offset is the first one of a transaction that is open. If that is ours, it hangs, given
// that init_transactions has been called; as long as another's lies before ours, that one is waited for. Should it
// stay, as it does where another node's hangs, then the partition is left alone. Errors: unavailable; permanent.
result<std::vector<hanging_events>> find_hanging_events(reader_pair const& through,
                                                        std::vector<offset_range> const& among, own_events& whose,
                                                        timeouts const& within);

// Of a range that has stayed open for longer than transactions go on: whether it begins with a transaction that opening
// the sink brings to its end, ours or a claim. Another node's is said, and left to it. `of_cursors`: the partition is
// that of the cursor. Errors: unavailable; permanent.
result<bool> is_to_be_ended(client& all, offset_range const& where, bool of_cursors, own_events& whose,
                            timeouts const& within);

struct hanging_cursor {
    sink::cursor cursor;
    std::int64_t written = 0;  // its time, in milliseconds since 1970
};

// Of the cursor's partition.
struct hanging_records {
    bool is_ours = false;                                      // a transaction of this node's hangs
    std::vector<hanging_cursor> cursors;                       // of this node's, oldest first
    bool is_claim = false;                                     // the transaction of one who claims an instance is open
    std::optional<std::pair<std::string, std::string>> claim;  // key and value of the newest record of an owner
};

// As above, but another's transaction that stays is an error: the newest cursor may lie behind it. An open claim is not
// waited for, as its end is for the caller to bring about. Errors: unavailable; permanent.
result<hanging_records> find_hanging_records(reader_pair const& through, offset_range const& where,
                                             std::string const& node, timeouts const& within);

// Waits until what was open from the ranges' first records on has ended: markers come behind the answer to a commit or
// an abort. Errors: unavailable: it hangs still, and the message says what to do; permanent.
result<void> wait_until_ended(reader_pair const& through, std::vector<offset_range> const& open,
                              timeouts const& within);

// In milliseconds since 1970.
struct time_span {
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

// The highest mark among the events of ours that consumers see and that are no later than a cursor, of what was written
// within a time. Errors: unavailable; permanent.
result<std::optional<sink::mark>> find_visible(reader_pair const& through, std::vector<partition> const& among,
                                               own_events& whose, sink::cursor const& until, time_span const& when,
                                               timeouts const& within);

}  // namespace bbstream::kafka
