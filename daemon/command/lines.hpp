// The command line, a function a command: its options, its help, and what runs once they are read.
#pragma once

#include "base/product.hpp"

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace bbstream::command {

// What was asked for; gives the process's exit code.
using action = std::function<int()>;

// Each adds one command to the program, and sets `chosen` when that command is read.
void add_serve(CLI::App& program, action& chosen);
void add_config(CLI::App& program, action& chosen);
void add_send(CLI::App& program, action& chosen);
void add_tail(CLI::App& program, action& chosen);
void add_normalize(CLI::App& program, action& chosen);
void add_journal(CLI::App& program, action& chosen);
void add_backfill(CLI::App& program, action& chosen);
void add_audit(CLI::App& program, action& chosen);
void add_gaps(CLI::App& program, action& chosen);
void add_check(CLI::App& program, action& chosen);
// repos, projects, branches, commits, hooks
void add_repositories(CLI::App& program, action& chosen);
void add_pull_requests(CLI::App& program, action& chosen);
// pipelines, deployments, statuses
void add_builds(CLI::App& program, action& chosen);
void add_issues(CLI::App& program, action& chosen);
void add_insights(CLI::App& program, action& chosen);
void add_auth(CLI::App& program, action& chosen);

// The headings that --help lists commands under.
inline constexpr char const* serving_group = "Serving";
inline constexpr char const* events_group = "Webhooks and events";
inline constexpr char const* journal_group = "What is stored";
inline constexpr char const* bitbucket_group = "Bitbucket itself";

inline constexpr char const* default_config_path = "/etc/bbstream/bbstream.toml";

// --platform cloud|datacenter, required.
void add_platform_option(CLI::App& to, product& platform);

// --config FILE, else $BBSTREAM_CONFIG, else /etc/bbstream/bbstream.toml.
void add_config_option(CLI::App& to, std::string& path);
// The same as an argument: FILE.
void add_config_argument(CLI::App& to, std::string& path);

}  // namespace bbstream::command
