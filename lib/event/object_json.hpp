// People, repositories and commits as JSON: every declared field, in a fixed order.
#pragma once

#include "event/object_writer.hpp"
#include "event/objects.hpp"

#include <cstddef>
#include <string_view>

namespace bbstream::event {

// Each writes one value; the member's name is the caller's.
void write_actor(object_writer& to, actor const* who);
void write_actors(object_writer& to, std::span<actor const> all);
void write_person(object_writer& to, std::optional<git_person> const& who);
void write_repository(object_writer& to, repository const& what);
void write_ref(object_writer& to, ref const& what);
void write_texts(object_writer& to, std::span<std::string_view const> all);

// Whether what stands for a person is an e-mail address, not a name: it has an @, and no blank.
bool is_address(std::string_view text);

template <class T>
T const* address_of(std::optional<T> const& what)
{
    return what ? &*what : nullptr;
}

// A member for a hash that is known whole or in part.
template <member_name Sha, member_name ShortSha>
void write_hash(object_writer& to, hash const& what)
{
    to.text<Sha>(what.sha);
    to.text<ShortSha>(what.short_sha);
}

// Parts of a message that are written; `cut` tells whether that is less than all.
struct cut_text {
    text shown;
    bool cut = false;
};

// At most bytes_max, ending at a character's end.
cut_text cut_utf8(text whole, std::size_t bytes_max);

// A member for a text of at most bytes_max, and one that tells whether it was cut, here or before; so does the result.
template <member_name Name, member_name Truncated>
bool write_long_text(object_writer& to, text whole, bool cut_before, std::size_t bytes_max)
{
    auto const shown = cut_utf8(whole, bytes_max);
    to.text<Name>(shown.shown);
    to.boolean<Truncated>(cut_before || shown.cut);
    return cut_before || shown.cut;
}

// With its message cut to message_bytes_max; true if the message is shorter than it was. `bare`: nothing but what
// identifies it.
bool write_commit(object_writer& to, commit const& what, std::size_t message_bytes_max, bool bare);

}  // namespace bbstream::event
