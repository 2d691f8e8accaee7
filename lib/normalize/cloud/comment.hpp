// Comments of Bitbucket Cloud, on pull requests, on commits and on issues.
#pragma once

#include "event/comment.hpp"
#include "normalize/read.hpp"

namespace bbstream::normalize::cloud {

// `comment` of a delivery; nothing where it has no id.
event::comment const* read_comment(object const& body, arena& memory);
// The comment itself.
event::comment const* read_own_comment(object const& from, arena& memory);

}  // namespace bbstream::normalize::cloud
