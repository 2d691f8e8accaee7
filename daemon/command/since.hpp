// A time that people write: --since.
#pragma once

#include "base/time.hpp"

#include <optional>
#include <string_view>

namespace bbstream::command {

// "2026-08-24T10:00:00Z", "2026-08-24", or "7d": so long before `now`. Nothing for anything else.
std::optional<micros> parse_since(std::string_view text, micros now);

}  // namespace bbstream::command
