// How Cloud writes things.
#pragma once

#include "rest/product_columns.hpp"

namespace bbstream::rest::cloud {

extern product_columns const columns_of;
extern columns const pipeline_columns;
extern columns const step_columns;
extern columns const deployment_columns;
extern columns const issue_columns;

}  // namespace bbstream::rest::cloud
