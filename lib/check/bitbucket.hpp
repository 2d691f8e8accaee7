// Asks one configured Bitbucket whether everything that is configured is possible.
#pragma once

#include "check/line.hpp"
#include "config/config.hpp"
#include "net/task.hpp"
#include "rest/leave.hpp"

#include <functional>
#include <string>

namespace bbstream::check {

// Of webhook.scope's places whose hooks are looked at.
inline constexpr std::size_t hooked_places_max = 10;

struct bitbucket_options {
    bool polling = true;
    config::state state;        // where tokens of people are kept
    rest::leave_source lender;  // as of rest::session_options
    std::function<void(std::string const& line)> notice;
};

// Changes nothing. Each line is told as soon as it is known: where a daemon has used its budget up the next may take
// long. A check that can't be made since an earlier one failed is left out.
net::task<void> check_bitbucket(net::executor on, config::instance const& one, bitbucket_options options,
                                tell_line tell);

}  // namespace bbstream::check
