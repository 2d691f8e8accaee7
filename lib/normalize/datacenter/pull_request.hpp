// Pull requests of Bitbucket Data Center 5 to 10.
#pragma once

#include "event/pull_request.hpp"
#include "normalize/read.hpp"

namespace bbstream::normalize::datacenter {

// APPROVED, NEEDS_WORK, UNAPPROVED: approved, changes_requested, none; unknown for another.
std::string_view verdict_of(std::string_view status);

// `participant`, and the elements of `reviewers` and `participants`.
event::participant read_participant(object const& from, arena& memory);

// The elements of `addedReviewers` and `removedReviewers`; nothing where there is no such list.
std::optional<std::span<event::actor const>> read_users(object const& of, std::string_view name, arena& memory);

// The object `pullRequest`; nothing where it has no id.
event::pull_request const* read_pull_request(object const& from, arena& memory);

}  // namespace bbstream::normalize::datacenter
