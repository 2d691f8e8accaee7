// `bbstream gaps`: what was missed, when, why, and that it was filled.
#pragma once

#include "base/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bbstream::command {

struct gaps_options {
    std::string config_path;
    std::optional<micros> since;  // none: all that the journal has
    bool open = false;
    bool json = false;
};

// "2026-11-28T10:00:00Z", "2026-11-28", or so long ago: "7d".
std::optional<micros> parse_since(std::string_view text, micros now);

// Reads only, beside a running daemon or without one. Gives the exit code.
int run_gaps(gaps_options const& options);

}  // namespace bbstream::command
