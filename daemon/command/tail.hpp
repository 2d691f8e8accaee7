// `bbstream tail`: the events of the file sink, for people or as they are.
#pragma once

#include <cstdint>
#include <string>

namespace bbstream::command {

struct tail_options {
    std::string config_path;
    bool follow = false;       // until the process is ended
    bool json = false;         // the lines as they are
    std::uint64_t limit = 20;  // how many of the last lines; 0: all
};

// Gives the exit code.
int run_tail(tail_options const& options);

}  // namespace bbstream::command
