// Which scopes a credential needs for what is configured, and what it has beside or too little. No I/O.
#pragma once

#include "config/config.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::check {

// The names that a credential's rights go by.
enum class vocabulary : std::uint8_t {
    granular,     // Cloud's API tokens: read:repository:bitbucket; none gives another
    classic,      // Cloud's access tokens and OAuth: repository; some give others
    permissions,  // Data Center: REPO_READ < REPO_WRITE < REPO_ADMIN < PROJECT_ADMIN
};
vocabulary vocabulary_of(config::auth_kind kind, product platform);

struct scope {
    std::string name;
    std::string why;       // what is not possible without it
    bool required = true;  // false: welcome, and no excess
    bool fatal = true;     // false: what else there is goes on without it
};

// What a credential is for.
struct duties {
    bool polling = false;
    bool hooks = false;
    config::hook_scope hook_scope = config::hook_scope::repository;
    std::vector<std::string> uses;  // review | pipelines | insights
};

// auth.* polls, and does everything else where there is no admin_auth; that one keeps webhooks, and what it lists.
duties duties_of_reader(config::instance const& of, bool polling);
duties duties_of_admin(config::instance const& of);

std::vector<scope> needed_scopes(duties const& of, vocabulary in);

struct scope_gap {
    std::vector<scope> missing;
    std::vector<std::string> excess;
};
// What is granted against what is needed, each with all that it implies.
scope_gap compare_scopes(std::span<scope const> needed, std::span<std::string const> granted, vocabulary in);

// A list as X-OAuth-Scopes has it: by commas, blanks or both.
std::vector<std::string> split_scopes(std::string_view list);

}  // namespace bbstream::check
