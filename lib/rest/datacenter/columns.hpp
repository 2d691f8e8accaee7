// How Data Center writes things; names as cloud/columns.hpp has them.
#pragma once

#include "rest/listing.hpp"

namespace bbstream::rest::datacenter {

extern columns const repository_columns;
extern columns const project_columns;
extern columns const branch_columns;
extern columns const commit_columns;
extern columns const pull_request_columns;
extern std::span<part const> const pull_request_parts;
extern columns const file_columns;
extern columns const status_columns;
extern columns const hook_columns;

}  // namespace bbstream::rest::datacenter
