// Older commits of a repository that somebody has asked for, and how far their listing has come. It is moved by records
// only, and never forgotten by the state's bound.
#pragma once

#include "state/bounds.hpp"
#include "state/trail.hpp"
#include "state/walk.hpp"

#include <cstdint>
#include <vector>

namespace bbstream::state {

struct history {
    seconds since = 0;               // those from then on; 0: nothing is asked for
    std::uint64_t run = 0;           // the record that asked
    walk commits;                    // through the listing in progress
    std::vector<named_head> wanted;  // the branches that this one lists
    state::trails trails;
    std::vector<named_head> done;  // the branches that are listed, in order of names
    std::uint32_t shown = 0;       // commits so far, of all listings
    std::uint32_t found = 0;       // of these were told
    std::uint8_t tries = 0;        // that failed, since the last page
    seconds tried = 0;             // when the last one did

    bool asked_for() const { return since != 0; }
};

}  // namespace bbstream::state
