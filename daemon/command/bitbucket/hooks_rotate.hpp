// `bbstream hooks rotate`: a new secret for every hook of an instance, without a delivery being refused.
#pragma once

#include "daemon/command/bitbucket/options.hpp"

namespace bbstream::command {

// Gives the exit code. One that was interrupted, or failed for some hooks, is gone on with by the next.
int run_hooks_rotate(bitbucket_options const& options);

}  // namespace bbstream::command
