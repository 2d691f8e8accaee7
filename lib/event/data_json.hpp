// The `data` of an event as JSON, and what is left out of it where it is too large.
#pragma once

#include "event/event.hpp"

#include <string>

namespace bbstream::event {

// How much is left out, in the order in which it goes.
enum class trim : std::uint8_t {
    nothing,
    long_messages,  // commit messages are cut to 512 bytes
    most_commits,   // of the list of commits 20 stay
    all_commits,    // of the list of commits none stays
    all_but_ids,    // what is left identifies the fact; the rest lies in the journal
};

// Appends one JSON object.
void append_data(std::string& out, event const& what, trim how);

// The next step that takes something away from this event, or `how` again where there is none.
trim trim_more(event const& what, trim how);

// Whether its payload was too large to be in the event at all.
bool lacks_payload(event const& what);

}  // namespace bbstream::event
