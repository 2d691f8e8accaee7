// What the mappings of Data Center need of a payload, and how they say that it is not there.
#pragma once

#include "event/pull_request.hpp"
#include "normalize/mapping.hpp"
#include "normalize/subjects.hpp"

namespace bbstream::normalize::datacenter {

// The pull request of a delivery that knows its target repository; else nothing, and the delivery is unknown. If it is
// open again the delivery's first event says so.
event::pull_request const* needed_pull_request(mapping& in);

// The comment of a delivery; else nothing, and the delivery is unknown.
event::comment const* needed_comment(mapping& in);

// Whether the delivery's repository is known; if not, the delivery is unknown.
bool needs_repository(mapping& in, std::string_view path);

// Version and time of the last update; else nothing, and the delivery is unknown.
std::optional<event::revision> needed_revision(mapping& in, event::pull_request const& of);

// The head of its `fromRef` or `toRef` as ids take it; else nothing, and the delivery is unknown.
event::text needed_head(mapping& in, std::string_view side);

// When it was closed, else when it was last updated.
std::optional<micros> closing_time(event::pull_request const& of);

// The pull request that the delivery's actor closed.
event::pull_request const* closed_by_actor(mapping& in, event::pull_request const& of);

}  // namespace bbstream::normalize::datacenter
