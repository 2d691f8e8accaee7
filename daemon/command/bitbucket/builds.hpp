// `bbstream statuses set`, `bbstream pipelines run|stop`
#pragma once

#include "daemon/command/bitbucket/options.hpp"

#include <vector>

namespace bbstream::command {

struct status_options : bitbucket_options {
    std::string commit;
    std::string key;
    std::string state;  // successful | failed | inprogress | stopped
    std::string url;
    std::string name;
    std::string description;
    std::string ref;
};

struct run_options : bitbucket_options {
    std::string branch;
    std::string pattern;
    std::vector<std::string> variables;  // KEY=VALUE
};

struct stop_options : bitbucket_options {
    std::string key;  // UUID or number
};

// Each gives the exit code.
int run_status_set(status_options const& options);
int run_pipeline_run(run_options const& options);
int run_pipeline_stop(stop_options const& options);

}  // namespace bbstream::command
