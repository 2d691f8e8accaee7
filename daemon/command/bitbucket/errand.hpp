// Opens what a command needs to speak to Bitbucket, runs its coroutine to the end, and closes it all.
#pragma once

#include "daemon/command/bitbucket/options.hpp"
#include "rest/session.hpp"

#include <functional>
#include <string_view>

namespace bbstream::command {

struct place {
    net::executor on;
    config::instance const& instance;
    rest::session& bitbucket;
    config::config const* file;  // none: the environment says where and who
};

// Gives the exit code. May refer to what outlives run_errand().
using errand = std::function<net::task<int>(place&)>;

// Without a configuration file where one is sought by default, the environment says where and who.
int run_errand(bitbucket_options const& options, rest::role as, errand what);

// The same for Jira Cloud, where jira.* is configured; `otherwise` where it is not.
int run_issue_errand(bitbucket_options const& options, rest::role as, errand with_jira, errand otherwise);

// One line on standard error, harmless for a terminal; gives `failed`.
int complain_of(failure const& why);

}  // namespace bbstream::command
