// Where publishing goes on after a start: a pure decision over what journal, checkpoints and sink say.
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

struct resume_plan {
    std::uint32_t epoch = 1;
    std::uint64_t published = 0;        // in this epoch, records through here are out
    std::uint64_t fold_after = 0;       // the fold reads from the record after this one
    bool discard_state = false;         // the checkpoints can't be used: the fold begins empty
    std::vector<std::string> warnings;  // for the operator: what is lost, or begins anew
};

// Rules (DESIGN: exactly-once to Kafka). The cursor counts only for the journal that it names: another identity, or a
// cursor beyond the journal's end, begins a new epoch. State may lag the cursor but never lead it; where it leads
// (the sink was replaced), it is discarded and folded again from the journal's first record.
resume_plan plan_resume(journal::journal_status const& journal, checkpoint_range const& state,
                        sink::stored_cursor const& committed);

}  // namespace bbstream::flow
