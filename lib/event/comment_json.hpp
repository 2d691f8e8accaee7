// Comments as JSON.
#pragma once

#include "event/data_writer.hpp"

namespace bbstream::event {

// The member `comment`, or null where there is none.
void write_comment(data_writer& into, comment const* what);

}  // namespace bbstream::event
