// The running daemon's budget, for requests that a command sends with the same credential.
#pragma once

#include "config/config.hpp"
#include "rest/leave.hpp"

#include <optional>
#include <string>

namespace bbstream::command {

// Asks the daemon that runs with this configuration, by its admin listener. It gives no leave, and nobody is told,
// where none runs, it takes no action of ours (admin.token), or it does not poll the instance. Empty without a file.
rest::leave_source leave_of_daemon(std::optional<config::config> const& file, std::string instance);

}  // namespace bbstream::command
