// What REST has shown of a repository's pipelines, as a whole: how far the looking has come.
#pragma once

#include "state/bounds.hpp"
#include "state/walk.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace bbstream::state {

// Where a run stands, as far as is known.
enum class run_stage : std::uint8_t {
    queued,
    running,
    paused,  // until somebody goes on with it: for weeks, or for ever
    ending,  // REST shows that it has ended; its webhook may be on its way
    ended,   // that is told, and its steps have not been looked at
};
inline constexpr std::uint8_t run_stage_count = 5;

struct watched_run {
    std::uint64_t number = 1;  // runs of one pipeline are counted
    run_stage stage = run_stage::queued;
    seconds since = 0;         // when it was first seen; of one that is ending, when it was first seen so
    std::uint64_t record = 0;  // the last one that showed it
};

// Of one repository; what is beyond is not watched.
inline constexpr std::size_t watched_runs_max = 1000;

struct pipeline_watch {
    bool baseline = false;            // a walk was complete, or the repository was new
    walk pages;                       // in progress
    std::int64_t watermark = 0;       // the latest creation that a complete walk has shown, in microseconds since 1970
    std::int64_t watermark_seen = 0;  // the same by the walk in progress
    // By the pipeline's UUID: those that have not ended, or whose steps have not been looked at.
    std::map<std::string, watched_run, std::less<>> runs;
};

}  // namespace bbstream::state
