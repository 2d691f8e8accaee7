// Bitbucket's own issue tracker, which Atlassian removed on 20 August 2026.
#pragma once

#include "rest/service.hpp"

namespace bbstream::rest::cloud {

listing issues(std::string const& api_path, repository_name const& of);
entity issue(std::string const& api_path, repository_name const& of, std::string const& id);

// Whether the request is to a tracker: its 404 and 410 then mean that it is gone, not the repository.
bool is_to_tracker(std::string_view target);

}  // namespace bbstream::rest::cloud
