// An instance without a configuration file: where and who, from the environment.
#pragma once

#include "base/failure.hpp"
#include "config/config.hpp"

#include <optional>

namespace bbstream::rest {

// A BITBUCKET_URL at bitbucket.org, or that ends with /2.0, is Cloud's; any other Data Center's.
// Data Center: BITBUCKET_URL with BITBUCKET_TOKEN, or with CLIENT_ID, CLIENT_SECRET and REDIRECT_URI, for a person who
// has logged in by it ("auth login"): it has no client credentials.
// Cloud (at BITBUCKET_URL, if that is set): BITBUCKET_USERNAME with BITBUCKET_API_TOKEN or BITBUCKET_APP_PASSWORD;
// BITBUCKET_TOKEN, an access token; CLIENT_ID with CLIENT_SECRET, and REDIRECT_URI where a person has logged in by it
// (until then it is the client itself). BITBUCKET_WORKSPACE is Cloud's workspace. Nothing where none of them is set.
// Errors: invalid where one lacks what belongs to it, or where the workspace could not be one.
result<std::optional<config::instance>> instance_from_environment();

// Where tokens of people are kept then: in $XDG_STATE_HOME/bbstream (~/.local/state), sealed with $BBSTREAM_STATE_KEY,
// else the key in $XDG_CONFIG_HOME/bbstream/state.key (~/.config). The path is empty where one of them has no place,
// for HOME is not set.
config::state state_from_environment();

}  // namespace bbstream::rest
