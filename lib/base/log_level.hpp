// How much is logged: lines of a level and of those above it.
#pragma once

#include <cstdint>

namespace bbstream {

enum class log_level : std::uint8_t { debug, info, warn, error };

}  // namespace bbstream
