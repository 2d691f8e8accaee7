// Whether a body can be folded as JSON, for those who want to say so beforehand.
#pragma once

#include "base/failure.hpp"

#include <string_view>

namespace bbstream::normalize {

// Errors: invalid, with what is wrong, for anything but one JSON object.
result<void> check_body(std::string_view body);

}  // namespace bbstream::normalize
