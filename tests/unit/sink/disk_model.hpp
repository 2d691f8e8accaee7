// What a disk would hold after a power cut, and system calls that fail on purpose.
//
// The test program is linked with --wrap for the calls below, so the code under test needs no seam. Every wrapped call
// is a step; at a chosen one the call fails, or the process ends as kill -9 would end it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace bbstream::test {

enum class fault : std::uint8_t {
    none,
    fails,      // the call has no effect, and errno is what a full or failing disk gives
    half_done,  // a write stops half way, then the disk is full; others fail
};

class disk_model {
   public:
    // From here on, steps are counted and what is durable in `directory` is tracked.
    static void watch(std::string directory);
    static void unwatch();
    static std::uint64_t steps();

    // Asked before each step; the step is counted from 1. It may end the process, before the call has any effect.
    static void set_plan(std::function<fault(std::uint64_t step)> plan);

    // Takes its files from a process that a test goes on in another role with: what is open is closed, locks are free,
    // and what was not durable still is not. Steps begin anew.
    static void kill();

    // Writes to `target`, an empty directory, what a power cut now could leave: durable bytes surely; of the rest, by
    // sector, the old bytes, the new ones, zeros or garbage, as the random numbers say. Goes on there, after a kill.
    static void power_cut(std::string const& target, std::function<std::uint32_t(std::uint32_t below)> random);
};

}  // namespace bbstream::test
