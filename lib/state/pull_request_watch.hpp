// What REST has shown of a repository's pull requests, as a whole: how far the looking has come.
#pragma once

#include "state/bounds.hpp"
#include "state/ref_state.hpp"
#include "state/walk.hpp"

#include <cstdint>
#include <map>
#include <set>

namespace bbstream::state {

// A pull request that REST shows otherwise than it is known: believed when it is still seen so a while later.
struct pull_request_doubt {
    head seen;  // a digest; none: it was not among those where it should be
    seconds since = 0;
    bool opened = false;  // it was not there at the walk before
};

struct pull_request_watch {
    bool baseline = false;       // a walk was complete, or the repository was new
    walk pages;                  // in progress
    std::uint64_t newest = 0;    // the greatest id that a complete walk has shown
    std::int64_t watermark = 0;  // the latest update that one has shown, in microseconds since 1970
    std::set<std::uint64_t> open;
    std::uint64_t newest_seen = 0;  // these three by the walk in progress
    std::int64_t watermark_seen = 0;
    std::set<std::uint64_t> open_seen;
    std::map<std::uint64_t, pull_request_doubt> doubts;
};

}  // namespace bbstream::state
