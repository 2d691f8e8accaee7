// What the system is told of a thread: a name for ps(1) and debuggers, and how long it may be kept waiting.
#pragma once

#include <cstdint>

namespace bbstream {

enum class urgency : std::uint8_t {
    normal,
    prompt,   // runs little at a time, and soon after it was woken: others wait for it
    patient,  // gives way to the others while processors are short
};

// Of the calling thread; a name has 15 characters at most (pthread_setname_np(3)). Where the kernel knows no time
// slices (sched_setattr(2): before Linux 6.12) or forbids the call, the urgency has no effect.
void present_thread(char const* name, urgency how);

}  // namespace bbstream
