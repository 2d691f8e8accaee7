// What REST has shown of a repository's pull requests, as a whole: how far the looking has come.
#pragma once

#include "state/bounds.hpp"
#include "state/key.hpp"
#include "state/ref_state.hpp"
#include "state/walk.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <vector>

namespace bbstream::state {

// A pull request that REST shows otherwise than it is known: believed when it is still seen so a while later.
struct pull_request_doubt {
    head seen;  // a digest; none: it was not among those where it should be
    seconds since = 0;
    bool opened = false;  // it was not there at the walk before
};

// A fact of a comment that REST shows and no webhook has told: believed when it is still seen so a while later.
struct comment_doubt {
    key fact;
    seconds since = 0;
    seconds seen = 0;  // when it last was
};

// A pull request whose comments are to be listed, since something seems to have been said.
struct discussion {
    std::int64_t known = 0;        // what was said up to then is no news, in microseconds since 1970
    std::uint64_t stamp = 0;       // of the pull request, once they are listed
    seconds began = 0;             // these three by the listing in progress: when its first page came,
    std::int64_t latest = 0;       // the latest time of a comment,
    std::set<std::uint64_t> seen;  // and the comments that are there
    std::vector<comment_doubt> doubts;
};

struct pull_request_watch {
    bool baseline = false;       // a walk was complete, or the repository was new
    walk pages;                  // in progress
    std::uint64_t newest = 0;    // the greatest id that a complete walk has shown
    std::int64_t watermark = 0;  // the latest update that one has shown, in microseconds since 1970
    std::set<std::uint64_t> open;
    seconds began = 0;  // when the walk in progress began; by it these three
    std::uint64_t newest_seen = 0;
    std::int64_t watermark_seen = 0;
    std::set<std::uint64_t> open_seen;
    std::map<std::uint64_t, pull_request_doubt> doubts;
    std::map<std::uint64_t, discussion> discussions;
};

}  // namespace bbstream::state
