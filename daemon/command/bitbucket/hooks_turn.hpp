// One at a time works on the hooks of an instance: who looks, plans and writes beside another one makes hooks twice, or
// leaves an old secret in them.
#pragma once

#include "base/file.hpp"
#include "daemon/command/bitbucket/errand.hpp"

namespace bbstream::command {

// Waits for other processes and says so; held until it is closed. Needs place::file. Errors: io; unavailable after 10
// minutes.
net::task<result<unique_fd>> take_turn_at_hooks(place& here);

}  // namespace bbstream::command
