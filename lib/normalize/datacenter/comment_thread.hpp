// Threads of comments on pull requests of Data Center: resolved, and opened again.
#pragma once

#include "event/pull_request.hpp"
#include "normalize/mapping.hpp"

namespace bbstream::normalize::datacenter {

// Only resolved ones are remembered.
bool is_resolved_thread(mapping& in, event::pull_request_comment const& what);
// Its event. `at`: when it was opened again; that it was resolved the comment says itself, else `at`.
void add_flip(mapping& in, event::pull_request_comment const& what, bool resolved, std::optional<micros> at);
// It is resolved, which is no news.
void take_resolved(mapping& in, event::pull_request_comment const& what);

// Whether that was told of this very version of the comment: REST does not tell of what kind an edit was.
bool was_flipped(mapping& in, event::pull_request_comment const& what);

}  // namespace bbstream::normalize::datacenter
