// What an update of a pull request changed, where both sides of it are known.
#pragma once

#include "normalize/pull_request_snapshot.hpp"

namespace bbstream::normalize {

// One update: what was before, and what is now.
struct pull_request_update {
    event::pull_request const& of;
    pull_request_snapshot const& before;
    pull_request_snapshot const& now;
};

// Of title, description and draft.
event::field_changes changes_of(pull_request_update const& what, arena& memory);

// Its events, each once.
void add_source_updated(mapping& in, pull_request_update const& what);
void add_target_updated(mapping& in, pull_request_update const& what);
void add_reviewers_updated(mapping& in, pull_request_update const& what, event::revision const& at);
// `changes`: nothing where what was before is not known.
void add_updated(mapping& in, event::pull_request const& of, event::revision const& at,
                 std::optional<event::field_changes> const& changes);

}  // namespace bbstream::normalize
