// How checks speak to what they look at.
#pragma once

#include "rest/session.hpp"

#include <functional>
#include <string>

namespace bbstream::check {

// Somebody waits for the line: what Bitbucket wants to be waited for longer has failed.
inline constexpr std::chrono::milliseconds patience{30'000};

inline rest::session_options session_of(rest::role as, config::state const& state, rest::leave_source const& lender,
                                        std::function<void(std::string const& line)> const& notice)
{
    return {as, state, rest::command_line_share, lender, patience, notice};
}

}  // namespace bbstream::check
