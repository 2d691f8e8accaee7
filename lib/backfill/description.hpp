// How a repository is described in our records, and to the fold.
#pragma once

#include "backfill/repository.hpp"
#include "base/product.hpp"
#include "normalize/read.hpp"

#include <string>

namespace bbstream::backfill {

// From `whole`, whose fields these are, what goes into each record's meta and what the fold compares.
void describe(repository& of, product platform, normalize::object const& fields, normalize::arena& memory);

// As little as is known of one that was not found.
std::string bare_description(product platform, std::string_view id, std::string_view full_name);

}  // namespace bbstream::backfill
