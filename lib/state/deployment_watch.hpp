// What REST has shown of a repository's deployments, as a whole: how far the looking has come.
#pragma once

#include "state/bounds.hpp"
#include "state/walk.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace bbstream::state {

// One that has begun and not ended.
struct open_deployment {
    seconds since = 0;         // when it was first seen
    std::uint64_t record = 0;  // the last one that showed it
};

// Of one repository; what is beyond is not watched.
inline constexpr std::size_t open_deployments_max = 1000;

struct deployment_watch {
    bool baseline = false;            // a walk was complete, or there were no pipelines yet
    bool stale = false;               // pipelines have gone on since the last walk began
    walk pages;                       // in progress
    seconds began = 0;                // when that walk did
    std::uint32_t shown = 0;          // by that walk, so far
    std::int64_t watermark_seen = 0;  // the latest change that it has shown, in microseconds since 1970
    seconds walked = 0;               // when the last complete walk ended; 0: none has
    std::uint32_t length = 0;         // what that has shown
    std::int64_t watermark = 0;       // changes before that were seen
    std::map<std::string, open_deployment, std::less<>> open;  // by UUID
};

}  // namespace bbstream::state
