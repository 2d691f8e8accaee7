// Everything that speaking to one configured instance takes, put together.
#pragma once

#include "config/config.hpp"
#include "rest/client.hpp"
#include "rest/service.hpp"

namespace bbstream::rest {

// Which credential: auth.*, or admin_auth.* where that is given.
enum class role : std::uint8_t { reader, admin };

// The command line leaves this share of the limit to the daemon and to others.
inline constexpr double command_line_share = 0.1;

struct session_options {
    role as = role::reader;
    config::state state;  // where tokens of people are kept, for auth.kind oauth_user
    double share = 1;     // of the configured limit of requests
    leave_source lender;  // the daemon, whose requests go by auth.*: not asked for those of admin_auth.*; may be empty
    milliseconds patience{3600'000};
    std::function<void(std::string const& line)> notice;
};

struct session {
    std::unique_ptr<transport> over;
    std::unique_ptr<rest::client> client;
    std::unique_ptr<rest::service> service;
    std::string api_path;  // of the server's address: before every target
};

// Errors: invalid where auth is missing or can't be used; those of secrets and certificates.
result<session> open_session(net::executor on, config::instance const& with, session_options options);

// Jira Cloud of the same instance; its service is null. `with.jira` must be set.
result<session> open_jira(net::executor on, config::instance const& with, session_options options);

}  // namespace bbstream::rest
