// Cloud's pages, with what is wrong with them.
#pragma once

#include "rest/listing.hpp"

namespace bbstream::rest::cloud {

// By the answer's `next`: its path and query, on our own host whatever host it names. Some collections give a `next`
// for ever; an empty page ends them.
result<std::optional<std::string>> by_next(std::string const& current, json const& page);

// By counting: the `next` of pipelines and their steps forgets the order, or is not there.
result<std::optional<std::string>> by_number(std::string const& current, json const& page);

}  // namespace bbstream::rest::cloud
