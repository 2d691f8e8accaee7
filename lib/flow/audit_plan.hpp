// Which records an audit can compare: a pure decision over journal, checkpoints, cursor and what was asked for.
#pragma once

#include "journal/journal.hpp"
#include "sink/sink.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bbstream::flow {

// What the checkpoints of the fold hold: no shard is applied below `lowest` or above `highest`.
struct checkpoint_range {
    std::uint64_t lowest = 0;
    std::uint64_t highest = 0;
};

struct audit_wish {
    std::optional<std::uint64_t> from;
    std::optional<std::uint64_t> to;
};

struct audit_plan {
    std::uint32_t epoch = 1;
    std::uint64_t fold_after = 0;  // the fold reads from the record after this one
    std::uint64_t first = 1;       // these records' events are exact: none when first > last
    std::uint64_t last = 0;
    bool skips = false;              // some that were asked for can't be folded again
    std::vector<std::string> notes;  // for the operator: which, and why
};

// Rules (decisions: State, replay, audit). Only a fold that begins where the daemon's own began, or at a checkpoint, is
// exact. `state` is what the fold begins with: 0 is empty.
// Errors: invalid: the sink belongs to another journal; corrupt: it holds more than the journal.
result<audit_plan> plan_audit(journal::journal_status const& journal, checkpoint_range const& state,
                              sink::stored_cursor const& committed, audit_wish const& wish);

}  // namespace bbstream::flow
