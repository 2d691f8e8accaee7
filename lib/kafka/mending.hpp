// Bringing to an end what a broker's crash has left half done (see mending_plan.hpp).
#pragma once

#include "kafka/connect.hpp"
#include "kafka/cursor_reader.hpp"
#include "kafka/hanging.hpp"

#include <string>
#include <vector>

namespace bbstream::kafka {

// What the cursor topic holds, once all transactions of `node` that hang are ended, and those of nodes that claimed
// instances. What of the node's events was committed and is not visible in all partitions is noted as lost in the
// cursor's record, before what hangs is ended as aborted, and then published once more; so a crash in between loses
// nothing. `through` is the node's producer, initialized; `acknowledged` the newest cursor that this process knows to
// be committed. Without transactions only what was noted before is published. Errors: unavailable; permanent.
result<cursor_topic_content> read_back_mended(connection const& with, client& committed, producer& through,
                                              std::string const& node, sink::stored_cursor const& acknowledged);

struct open_look {
    std::vector<offset_range> open;    // where something lies that consumers don't see, be it that transactions go on
    std::vector<offset_range> others;  // of that, what hangs of another node, which is said once
    bool hangs = false;                // some of it was open at the look before, and is for opening the sink to end
};

// To be called while no transaction of ours goes on. `before` is the look before, longer ago than transactions go on.
// Errors: unavailable; permanent.
result<open_look> look_at_open_ends(connection const& with, open_look const& before, own_events whose);

}  // namespace bbstream::kafka
