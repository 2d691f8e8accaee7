// Whether Jira Cloud is there and knows us, and whether issues can be made and removed.
#pragma once

#include "check/line.hpp"
#include "config/config.hpp"
#include "net/task.hpp"
#include "rest/leave.hpp"
#include "rest/service.hpp"

#include <functional>
#include <optional>

namespace bbstream::check {

struct issue_options {
    bool write = false;                               // make an issue and remove it again
    std::optional<rest::repository_name> repository;  // whose own tracker, where Jira is not configured
    config::state state;                              // where tokens of people are kept
    rest::leave_source lender;                        // as of rest::session_options
    std::function<void(std::string const& line)> notice;
};

// Of an instance with jira.*, and where something is to be written also of one without. Nothing for any other.
net::task<lines> check_issues(net::executor on, config::instance const& one, issue_options options);

}  // namespace bbstream::check
