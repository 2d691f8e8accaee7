// Where publishing goes on after a start: a pure decision over what journal, checkpoints and sink say.
#pragma once

#include "journal/journal.hpp"
#include "sink/sink.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bbstream::flow {

struct resume_plan {
    std::uint32_t epoch = 1;
    std::uint64_t published = 0;        // in this epoch, records through here are out
    std::vector<std::string> warnings;  // for the operator: what is lost, or begins anew
};

// Rules (DESIGN: exactly-once to Kafka). The cursor counts only for the journal that it names: another identity, or a
// cursor beyond the journal's end, begins a new epoch. The journal's end is the one that it had before webhooks came.
resume_plan plan_resume(journal::journal_status const& journal, sink::stored_cursor const& committed);

// The record behind which the fold goes on, whose state is applied through `applied` everywhere: that record, or the
// first one that the journal still has. Adds to the warnings what can't be rebuilt.
std::uint64_t fold_after(journal::journal_status const& journal, std::uint64_t applied,
                         std::vector<std::string>& warnings);

}  // namespace bbstream::flow
