// `bbstream backfill`: the running daemon looks at repositories now.
#pragma once

#include "base/time.hpp"

#include <optional>
#include <string>

namespace bbstream::command {

struct backfill_options {
    std::string config_path;
    std::string instance;    // empty: all
    std::string repository;  // a glob; empty: all
    std::optional<micros> since;
    bool dry_run = false;
    bool json = false;
};

// Gives the exit code: 1 when it fails, and when some repositories could not be looked at.
int run_backfill(backfill_options const& options);

}  // namespace bbstream::command
