// Bringing to an end what a broker's crash has left half done (see mending_plan.hpp).
#pragma once

#include "kafka/connect.hpp"
#include "kafka/cursor_reader.hpp"

#include <string>

namespace bbstream::kafka {

// Ends the transactions of `node` that hang, and those of nodes that claimed instances. What of ours was committed and
// is not visible in all partitions is noted as lost in the cursor's record, before what hangs is ended there as
// aborted: so a crash in between loses nothing. `through` is the node's producer, initialized; `acknowledged` the
// newest cursor that this process knows to be committed. Nothing without transactions.
// Errors: unavailable; permanent.
result<void> mend(connection const& with, client& committed, producer& through, std::string const& node,
                  sink::stored_cursor const& acknowledged);

// Publishes once more what the cursor's record names as lost; nothing where it names nothing. Errors: as above.
result<void> republish_lost(connection const& with, producer& through, std::string const& node,
                            cursor_topic_content const& found);

}  // namespace bbstream::kafka
