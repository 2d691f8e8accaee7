// Cloud's `repo:push`: an element of push.changes[] for each ref.
#pragma once

#include "normalize/push.hpp"

namespace bbstream::normalize::cloud {

void read_push(object const& body, arena& memory, push& into);

}  // namespace bbstream::normalize::cloud
