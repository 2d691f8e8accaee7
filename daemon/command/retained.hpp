// What is kept of the past, opened beside a running daemon: the journal, the state to fold it from, and the sink.
#pragma once

#include "config/config.hpp"
#include "flow/audit_plan.hpp"
#include "journal/inspect.hpp"
#include "sink/reader.hpp"
#include "state/state.hpp"

#include <memory>

namespace bbstream::command {

struct retained {
    std::unique_ptr<state::state> state;  // what the plan's fold begins with
    std::unique_ptr<sink::reader> sink;   // open
    std::unique_ptr<journal::stored_log> log;
    journal::journal_status status;
    flow::audit_plan plan;
};

// Locks and changes nothing. Errors: those of journal, checkpoints and sink; invalid: they don't belong together.
result<retained> open_retained(config::config const& config, flow::audit_wish const& wish);

}  // namespace bbstream::command
