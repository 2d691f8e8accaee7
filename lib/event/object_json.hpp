// People, repositories and commits as JSON: every declared field, in a fixed order.
#pragma once

#include "event/json_writer.hpp"
#include "event/objects.hpp"

#include <cstddef>

namespace bbstream::event {

// Each writes one value; the member's name is the caller's.
void write_actor(json_writer& to, actor const* who);
void write_person(json_writer& to, std::optional<git_person> const& who);
void write_repository(json_writer& to, repository const& what);
void write_ref(json_writer& to, ref const& what);

// Parts of a message that are written; `cut` tells whether that is less than all.
struct cut_text {
    text shown;
    bool cut = false;
};

// At most bytes_max, ending at a character's end.
cut_text cut_utf8(text whole, std::size_t bytes_max);

// With its message cut to message_bytes_max; true if the message is shorter than it was. `bare`: nothing but what
// identifies it.
bool write_commit(json_writer& to, commit const& what, std::size_t message_bytes_max, bool bare);

}  // namespace bbstream::event
