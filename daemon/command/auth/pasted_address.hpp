// The browser's last address, typed or pasted by a person.
#pragma once

#include "base/failure.hpp"
#include "credential/secret_text.hpp"
#include "login/callback.hpp"
#include "net/task.hpp"

#include <chrono>
#include <string>

namespace bbstream::command {

// One line of standard input, judged as the callback's listener judges what comes. `given_up` is looked at while it is
// awaited. Errors: invalid where it is not the answer; unavailable where none comes in time, or it is given up.
net::task<result<login::callback>> pasted_callback(net::executor on, std::string redirect_uri,
                                                   credential::secret_text state, std::chrono::milliseconds at_most,
                                                   bool const& given_up);

}  // namespace bbstream::command
