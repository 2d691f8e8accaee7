// Threads of comments on pull requests of Cloud: resolved, and opened again.
#pragma once

#include "event/pull_request.hpp"
#include "normalize/mapping.hpp"

namespace bbstream::normalize::cloud {

// Whether that was the last that was heard of it.
bool is_resolved_thread(mapping& in, event::pull_request_comment const& what);
// Its event, unless it is a copy of one.
void add_resolved(mapping& in, event::pull_request_comment const& what, std::optional<micros> at);
void add_reopened(mapping& in, event::pull_request_comment const& what, std::optional<micros> at);
// It is resolved, which is no news.
void take_resolved(mapping& in, event::pull_request_comment const& what);

}  // namespace bbstream::normalize::cloud
