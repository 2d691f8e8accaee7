// What the mappings of Cloud's pull requests need of a payload, and how they say that it is not there.
#pragma once

#include "event/pull_request.hpp"
#include "normalize/mapping.hpp"

namespace bbstream::normalize::cloud {

// The pull request of a delivery, which knows its target repository; else nothing, and the delivery is unknown.
event::pull_request const* needed_pull_request(mapping& in);

// When it was last updated, which ids take; else nothing, and the delivery is unknown.
std::optional<micros> needed_update_time(mapping& in, event::pull_request const& of);

}  // namespace bbstream::normalize::cloud
