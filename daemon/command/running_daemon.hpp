// Speaking to the daemon that runs on this machine.
#pragma once

#include "base/failure.hpp"
#include "config/config.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace bbstream::command {

// Whether a daemon holds this journal. Errors: io.
result<bool> daemon_runs(std::string const& journal_path);

// How long an action may take.
inline constexpr std::chrono::milliseconds action_patience{10'000};

// POST to its admin listener, with the token; gives what it answers. Errors: invalid where admin.token is missing or
// the listener is not on loopback; unavailable; permanent where the daemon refuses, in its own words where it has any.
result<std::string> ask_daemon(config::admin const& at, std::string_view target,
                               std::chrono::milliseconds patience = action_patience);

}  // namespace bbstream::command
