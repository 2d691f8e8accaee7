// How Cloud writes things.
#pragma once

#include "rest/listing.hpp"

namespace bbstream::rest::cloud {

extern columns const repository_columns;
extern columns const project_columns;
extern columns const branch_columns;
extern columns const commit_columns;
extern columns const pull_request_columns;
extern std::span<part const> const pull_request_parts;
extern columns const file_columns;
extern columns const status_columns;
extern columns const hook_columns;
extern columns const pipeline_columns;
extern columns const step_columns;
extern columns const issue_columns;

}  // namespace bbstream::rest::cloud
