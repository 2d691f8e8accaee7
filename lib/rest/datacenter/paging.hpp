// Data Center's pages.
#pragma once

#include "rest/listing.hpp"

namespace bbstream::rest::datacenter {

// By nextPageStart, never by adding: pages are filtered by permission after they were cut. Errors: invalid where it
// does not lead forward, or is missing although this is not the last page.
result<std::optional<std::string>> by_start(std::string const& current, json const& page);

// Changed files of a pull request are a single page, whatever `start` says. Errors: invalid where it is not all of
// them.
result<std::optional<std::string>> no_more_files(std::string const& current, json const& page);

}  // namespace bbstream::rest::datacenter
