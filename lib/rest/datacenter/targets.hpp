// Where Data Center has what; `base` is the path of the server's own URL.
#pragma once

#include "rest/service.hpp"
#include "rest/target.hpp"

namespace bbstream::rest::datacenter {

target api_target(std::string const& base);
// The least that can be asked for: every answer names the user in X-AUSERNAME, and no other says who that is.
target least_target(std::string const& base);
// All users, for those who are logged in.
target users_target(std::string const& base);
target project_target(std::string const& base, std::string const& key);
target repository_target(std::string const& base, repository_name const& of);
target pull_request_target(std::string const& base, repository_name const& of, std::uint64_t id);
// Of Code Insights, a module of its own.
target reports_target(std::string const& base, repository_name const& of, std::string const& commit);

}  // namespace bbstream::rest::datacenter
