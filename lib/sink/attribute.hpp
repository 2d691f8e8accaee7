// An attribute of an event that was read back.
#pragma once

#include "sink/reader.hpp"

#include <string_view>

namespace bbstream::sink {

// An attribute of an event, or a member of a dead letter: the first member of that name in the value, or in binary mode
// the header. Empty where there is none.
std::string_view attribute_of(read_event const& content, std::string_view name);

}  // namespace bbstream::sink
