#include "daemon/command/bitbucket/hooks_turn.hpp"

#include "base/file_lock.hpp"
#include "daemon/command/complain.hpp"
#include "rest/pacer.hpp"

namespace bbstream::command {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::minutes patience{10};
constexpr std::chrono::milliseconds look_again{200};

}  // namespace

net::task<result<unique_fd>> take_turn_at_hooks(place& here)
{
    auto const& state = here.file->state.path;
    if (auto const made = make_directories(state); !made)
        co_return made.error();
    auto const path = state + "/hooks-" + here.instance.name + ".lock";
    auto const deadline = steady_clock::now() + patience;
    rest::timer pause(here.on);
    for (bool said = false;; said = true) {
        auto held = try_lock_file(path);
        if (!held || *held)
            co_return held;
        if (steady_clock::now() >= deadline)
            co_return failure{failure_kind::unavailable,
                              "instance " + here.instance.name + ": another hooks sync or rotate goes on for too long"};
        if (!said)
            complain("waiting for another hooks sync or rotate of instance " + here.instance.name);
        pause.expires_after(look_again);
        co_await pause.async_wait(net::as_result);
    }
}

}  // namespace bbstream::command
