// What a record's headers and its identity say about all of its events.
#pragma once

#include "event/event.hpp"
#include "journal/record.hpp"
#include "normalize/identity.hpp"

namespace bbstream::normalize {

// All but the repository and the actor, which are read only if there is an event.
event::delivery read_delivery(journal::record const& from);

// The partition key and the source: by repository, else by project, else by instance.
void place(event::delivery& of, record_identity const& who, arena& memory);

// W3C Trace Context, section 3.2.
bool is_traceparent(std::string_view text);

}  // namespace bbstream::normalize
