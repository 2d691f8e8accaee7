// Requests as records name them and as events tell of them.
#pragma once

#include "event/uuid.hpp"
#include "state/request.hpp"

#include <string_view>

namespace bbstream::normalize {

// An event's id as text; zeros where it is none.
state::key key_of_text(std::string_view id);

// The event that the commits come of which fill the request.
state::key cause_of(state::request const& of);

// The head whose commits fill it: of a ref that is gone the one that it last had.
inline state::head const& head_to_list(state::request const& of)
{
    return of.after.none() ? of.before : of.after;
}

// What lies behind this head is told, or asked for by a request of its own; none: no such head is known. A broken chain
// goes back to where the ref was known to stand.
inline state::head const& head_told_before(state::request const& of)
{
    return of.kind == state::request_kind::chain ? of.known : of.before;
}

}  // namespace bbstream::normalize
