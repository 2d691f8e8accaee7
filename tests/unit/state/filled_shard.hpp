// A shard that has some of all that can be remembered.
#pragma once

#include "state/shard.hpp"

#include <cstdint>

namespace bbstream::state {

inline constexpr seconds now = 1'800'000'000;

// `from`: another one for each number.
void fill(shard& into, std::uint64_t from);

}  // namespace bbstream::state
