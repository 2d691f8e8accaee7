// Comments of Bitbucket Data Center 5 to 10, on pull requests and on commits.
#pragma once

#include "event/comment.hpp"
#include "normalize/read.hpp"

namespace bbstream::normalize::datacenter {

// Whether it is resolved itself: a reply is not because its thread is.
bool is_resolved(event::comment const& of, object const& from);

// `comment`, with `commentParentId`, `previousComment` and `commentAnchor` that stand beside it; nothing where it has
// no id.
event::comment const* read_comment(object const& body, arena& memory);
// A reply, which stands in what it replies to. The same.
event::comment const* read_reply(object const& from, std::string_view parent, arena& memory);

}  // namespace bbstream::normalize::datacenter
