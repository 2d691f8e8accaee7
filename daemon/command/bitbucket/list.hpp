// `bbstream repos|projects|... list`: a listing, row by row as its pages come.
#pragma once

#include "daemon/command/bitbucket/options.hpp"

namespace bbstream::command {

enum class listed {
    repositories,
    projects,
    branches,
    commits,
    pull_requests,
    pipelines,
    deployments,
    statuses,
    hooks,
    issues,
};

struct list_options : bitbucket_options {
    listed what = listed::repositories;
    std::uint64_t limit = 0;  // 0: all
    std::string since;        // commits: revisions
    std::string until;
    std::string commit;  // statuses
    rest::pull_request_state state = rest::pull_request_state::open;
};

// Gives the exit code.
int run_list(list_options const& options);

}  // namespace bbstream::command
