// A repository as the listing of all shows it.
#pragma once

#include "base/time.hpp"

#include <cstdint>
#include <string>

namespace bbstream::backfill {

// What Cloud lists by time of change is asked for anew from so long ago: its clock and its listing may lag.
inline constexpr micros change_overlap = 5 * 60 * 1'000'000ll;

struct repository {
    std::string id;         // as event ids have it
    std::string full_name;  // WORKSPACE/SLUG or PROJECT/SLUG
    std::string path;       // of its resources, encoded
    std::string described;  // JSON, as the product describes it; of a long description only who it is
    // What a listing is compared by; not kept beyond that, since there may be many repositories.
    std::string whole;        // all of it
    std::string packed;       // as the fold remembers it
    std::string default_ref;  // in full; empty where it is not told
    micros updated = 0;       // Cloud: when it last changed
    std::int64_t made = 0;    // greater than that of all that were there before it
};

}  // namespace bbstream::backfill
