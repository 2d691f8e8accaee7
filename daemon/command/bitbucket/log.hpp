// `bbstream pipelines log`: what the steps of a pipeline wrote.
#pragma once

#include "daemon/command/bitbucket/options.hpp"

namespace bbstream::command {

struct log_options : bitbucket_options {
    std::string key;         // UUID or number
    std::uint64_t step = 0;  // from 1; 0: all of them
};

// Streams, however long the log is. Gives the exit code.
int run_log(log_options const& options);

}  // namespace bbstream::command
