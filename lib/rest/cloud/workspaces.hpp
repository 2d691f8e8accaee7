// Which workspace is meant where nobody has named one.
#pragma once

#include "rest/client.hpp"

#include <string>

namespace bbstream::rest::cloud {

// The slug of the only workspace that the credential's user is in. Errors: client::ask's, with what to set instead;
// invalid where there is none, or where there are several, which it names.
net::task<result<std::string>> find_only_workspace(client& over, std::string const& api_path);

}  // namespace bbstream::rest::cloud
