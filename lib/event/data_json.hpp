// The `data` of an event as JSON, and what is left out of it where it is too large.
#pragma once

#include "event/event.hpp"
#include "event/object_writer.hpp"
#include "event/trim.hpp"

#include <string>

namespace bbstream::event {

// Appends one JSON object.
void append_data(std::string& out, event const& what, trim how, privacy const& rules);

// The next step that takes something away from this event, or `how` again where there is none.
trim trim_more(event const& what, trim how);

// Whether its payload was too large to be in the event at all.
bool lacks_payload(event const& what);

}  // namespace bbstream::event
