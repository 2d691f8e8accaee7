// What came of a change, on standard output.
#pragma once

#include "daemon/command/bitbucket/errand.hpp"
#include "rest/actions.hpp"

namespace bbstream::command {

// One line, or one JSON object; gives the exit code.
int write_outcome(result<rest::outcome> const& done, bool json);

// Runs a change with the credential for changes.
using doing = std::function<net::task<result<rest::outcome>>(rest::actions&)>;
int run_change(bitbucket_options const& options, doing what);

}  // namespace bbstream::command
