// What a record's headers and its identity say about all of its events.
#pragma once

#include "event/event.hpp"
#include "journal/record.hpp"
#include "normalize/identity.hpp"

namespace bbstream::normalize {

// All but the repository and the actor, which are read only if there is an event.
event::delivery read_delivery(journal::record const& from, arena& memory);

// The partition key and the source: by repository, else by project, else by instance.
void place(event::delivery& of, record_identity const& who, arena& memory);

// A `traceparent` (W3C Trace Context, section 3.2) as version 00 says it; nothing where the header is none. Of a later
// version that is all that may be sent on: anything may stand behind what this one knows.
std::string_view read_traceparent(std::string_view header, arena& memory);

}  // namespace bbstream::normalize
