// What a listing of commits remembers of those that are still to come.
#pragma once

#include "state/ref_state.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace bbstream::state {

struct named_head {
    std::string name;  // of the ref, in full
    state::head head;
    friend bool operator==(named_head const&, named_head const&) = default;
};

// Of a commit that a page still to come may hold: which of the wanted refs led there, and whether it is behind a head
// behind which all is told.
struct trail {
    std::uint32_t ref = 0;
    bool told = false;
};

using trails = std::map<std::uint64_t, trail>;  // by the commit's prefix

}  // namespace bbstream::state
