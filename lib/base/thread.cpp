#include "base/thread.hpp"

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bbstream {
namespace {

constexpr std::uint64_t prompt_slice_ns = 100'000;  // the shortest that there is
constexpr int patient_nice = 2;                     // two thirds of the weight of the others

// struct sched_attr of sched_setattr(2), which the C library does not declare.
struct scheduling {
    std::uint32_t size = sizeof(scheduling);
    std::uint32_t policy = SCHED_OTHER;
    std::uint64_t flags = 0;
    std::int32_t nice = 0;
    std::uint32_t priority = 0;
    std::uint64_t runtime_ns = 0;
    std::uint64_t deadline_ns = 0;
    std::uint64_t period_ns = 0;
};

}  // namespace

void present_thread(char const* name, urgency how)
{
    ::pthread_setname_np(::pthread_self(), name);
    if (how == urgency::prompt) {
        scheduling wanted;
        wanted.nice = ::getpriority(PRIO_PROCESS, 0);
        wanted.runtime_ns = prompt_slice_ns;
        ::syscall(SYS_sched_setattr, 0, &wanted, 0);
    } else if (how == urgency::patient) {
        ::setpriority(PRIO_PROCESS, 0, ::getpriority(PRIO_PROCESS, 0) + patient_nice);  // a thread's own, on Linux
    }
}

}  // namespace bbstream
