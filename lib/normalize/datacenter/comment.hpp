// Comments of Bitbucket Data Center 5 to 10, on pull requests and on commits.
#pragma once

#include "event/comment.hpp"
#include "normalize/read.hpp"

namespace bbstream::normalize::datacenter {

// `comment`, with `commentParentId` and `previousComment` that stand beside it; nothing where it has no id.
event::comment const* read_comment(object const& body, arena& memory);

}  // namespace bbstream::normalize::datacenter
