// `bbstream gaps`: what was missed, when, why, and that it was filled.
#pragma once

#include "base/time.hpp"

#include <optional>
#include <string>

namespace bbstream::command {

struct gaps_options {
    std::string config_path;
    std::optional<micros> since;  // none: all that the journal has
    bool open = false;
    bool json = false;
};

// Reads only, beside a running daemon or without one. Gives the exit code.
int run_gaps(gaps_options const& options);

}  // namespace bbstream::command
