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

// Where a listing of commits ends that leaves nothing out, and would else be the whole history.
struct listing_end {
    std::uint32_t shown = 0;  // commits so far
    std::uint32_t most = 0;   // it ends behind so many; 0: where it comes to what it leaves out
    bool is_loss = true;      // what is behind them was wanted, too
};

}  // namespace bbstream::state
