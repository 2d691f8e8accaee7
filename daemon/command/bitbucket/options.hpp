// What every command that speaks to Bitbucket is told.
#pragma once

#include "rest/service.hpp"

#include <cstdint>
#include <string>

namespace CLI {
class App;
}

namespace bbstream::command {

struct bitbucket_options {
    std::string config_path;
    std::string instance;         // empty: the only one
    std::string repository_text;  // WORKSPACE/SLUG or PROJECT/SLUG; checked; empty where the command has none
    bool json = false;

    rest::repository_name repository() const { return rest::parse_repository_name(repository_text).value(); }
};

enum class needs { no_repository, a_repository, maybe_a_repository };

// --config, --instance, --json, and --repo as far as it is needed.
void add_bitbucket_options(CLI::App& to, bitbucket_options& options, needs what);
// --limit N; 0: all.
void add_limit_option(CLI::App& to, std::uint64_t& limit);

}  // namespace bbstream::command
