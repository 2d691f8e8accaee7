// From hashes as they are sent to heads as they are remembered, and back.
#pragma once

#include "normalize/arena.hpp"
#include "state/ref_state.hpp"

#include <string_view>

namespace bbstream::normalize {

state::head head_of(std::string_view hash);

// As ids take it: zeros for none.
std::string_view hash_of(state::head const& head, arena& memory);

}  // namespace bbstream::normalize
