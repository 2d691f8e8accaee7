// How Data Center writes things.
#pragma once

#include "rest/product_columns.hpp"

namespace bbstream::rest::datacenter {

extern product_columns const columns_of;

}  // namespace bbstream::rest::datacenter
