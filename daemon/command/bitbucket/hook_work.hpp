// What hooks sync and hooks rotate have in common: looking, planning, saying it, doing it.
#pragma once

#include "daemon/command/bitbucket/errand.hpp"

#include <optional>
#include <string>

namespace bbstream::command {

struct hook_work {
    bool dry_run = false;
    bool prune = false;
    bool json = false;
    std::string state_path;
    std::optional<std::string> secret;  // that hooks shall have
};

// Gives the exit code: `success` where every hook is as it should be.
net::task<int> work_on_hooks(place& here, hook_work const& what);

}  // namespace bbstream::command
