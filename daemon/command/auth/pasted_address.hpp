// The browser's last address, typed or pasted by a person.
#pragma once

#include "base/failure.hpp"
#include "login/callback.hpp"

#include <chrono>
#include <string>

namespace bbstream::command {

// One line of standard input, judged as the callback's listener judges what comes. Errors: invalid where it is not the
// answer; unavailable where none comes in time.
result<login::callback> pasted_callback(std::string const& redirect_uri, std::string_view state,
                                        std::chrono::milliseconds at_most);

}  // namespace bbstream::command
