// An instance without a configuration file: where and who, from the environment.
#pragma once

#include "base/failure.hpp"
#include "config/config.hpp"

#include <optional>

namespace bbstream::rest {

// Data Center: BITBUCKET_URL with BITBUCKET_TOKEN. Cloud (at BITBUCKET_URL, if that is set): BITBUCKET_USERNAME with
// BITBUCKET_API_TOKEN or BITBUCKET_APP_PASSWORD; BITBUCKET_TOKEN, an access token; CLIENT_ID with CLIENT_SECRET.
// BITBUCKET_WORKSPACE is Cloud's workspace. Nothing where none of them is set. Errors: invalid where one lacks what
// belongs to it.
result<std::optional<config::instance>> instance_from_environment();

}  // namespace bbstream::rest
