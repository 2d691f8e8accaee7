// `bbstream journal replay`: events that were published before, once more.
#pragma once

#include "flow/replay.hpp"

#include <string>

namespace bbstream::command {

struct replay_options {
    std::string config_path;
    flow::replay_wish wish;
    bool dry_run = false;
    bool json = false;
};

// Beside a running daemon or without one; the sink's cursor and the state of the fold stay as they are. Gives the exit
// code: 1 when it fails, and when some records that were asked for can't be folded again.
int run_replay(replay_options const& options);

}  // namespace bbstream::command
