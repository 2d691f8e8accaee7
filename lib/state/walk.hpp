// Where a listing that goes on over restarts stands.
#pragma once

#include <cstdint>
#include <string>

namespace bbstream::state {

// The pages that were taken, and what to ask for next.
struct walk {
    std::uint32_t pages = 0;  // 0: none is in progress
    std::string next;
};

}  // namespace bbstream::state
