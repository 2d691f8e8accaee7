// `bbstream hooks sync`: makes the hooks in Bitbucket what the configuration says.
#pragma once

#include "daemon/command/bitbucket/options.hpp"

namespace bbstream::command {

struct hooks_sync_options : bitbucket_options {
    bool dry_run = false;
    bool prune = false;
};

// Gives the exit code.
int run_hooks_sync(hooks_sync_options const& options);

}  // namespace bbstream::command
