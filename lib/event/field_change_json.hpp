// The changed fields of an update as JSON: {"title":{"old":"a","new":"b"}}.
#pragma once

#include "event/data_writer.hpp"
#include "event/field_change.hpp"

namespace bbstream::event {

// The member `changes`, or null where they are not known, or too large.
void write_changes(data_writer& into, std::optional<field_changes> const& changes);

// Whether this step of trimming may take something away from them.
bool shortens_changes(trim step, std::optional<field_changes> const& changes);

}  // namespace bbstream::event
