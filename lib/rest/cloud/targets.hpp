// Where Cloud has what; `api_path` is that of the API's own URL.
#pragma once

#include "rest/service.hpp"
#include "rest/target.hpp"

namespace bbstream::rest::cloud {

// The user whom the credential belongs to; 403 where that is none, or may not say who it is.
target user_target(std::string const& api_path);
target repository_target(std::string const& api_path, repository_name const& of);
target pull_request_target(std::string const& api_path, repository_name const& of, std::uint64_t id);
// Of Bitbucket's own tracker.
target issues_target(std::string const& api_path, repository_name const& of);

}  // namespace bbstream::rest::cloud
