// `bbstream check`: whether what is configured is possible, a line a check.
#pragma once

#include <string>

namespace bbstream::command {

struct check_options {
    std::string config_path;
    std::string instance;    // empty: all, and the sink
    std::string repository;  // for --write, where jira.* is not set
    bool json = false;
    bool write = false;
};

// Gives the exit code: `failed` where a check has failed.
int run_check(check_options const& options);

}  // namespace bbstream::command
