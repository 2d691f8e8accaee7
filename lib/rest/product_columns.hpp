// What both products answer, as each writes it.
#pragma once

#include "rest/listing.hpp"

namespace bbstream::rest {

// For each product the same names in the same order, whatever is shown in a table: who reads a row need not know whose
// it is.
struct product_columns {
    columns repository;
    columns project;
    columns branch;
    columns commit;
    columns pull_request;
    std::span<part const> pull_request_parts;
    columns file;
    columns status;
    columns hook;
};

}  // namespace bbstream::rest
