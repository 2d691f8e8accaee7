// What the mappings of Cloud need of a payload, and how they say that it is not there.
#pragma once

#include "event/comment.hpp"
#include "normalize/mapping.hpp"

namespace bbstream::normalize::cloud {

// Whether the delivery's repository is known; if not, the delivery is unknown.
bool needs_repository(mapping& in);

// The comment of a delivery; else nothing, and the delivery is unknown.
event::comment const* needed_comment(mapping& in);

// A member that is an object; else nothing, and the delivery is unknown.
std::optional<object> needed_object(mapping& in, std::string_view name);

}  // namespace bbstream::normalize::cloud
