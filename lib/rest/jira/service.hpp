// Issues of Jira Cloud: what to ask for, and how to read it.
#pragma once

#include "rest/listing.hpp"

namespace bbstream::rest::jira {

// Of the project, the latest first. `api_path` is the site's path, empty for none.
listing issues(std::string const& api_path, std::string const& project);
entity issue(std::string const& api_path, std::string const& key);

}  // namespace bbstream::rest::jira
