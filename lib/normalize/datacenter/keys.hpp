// The event keys of Data Center, and what maps each.
#pragma once

#include "normalize/mapping.hpp"

#include <string_view>

namespace bbstream::normalize::datacenter {

// Nothing for a key that has no type.
map_function mapping_of(std::string_view event_key);

// What happens to one kind of thing stands in the file called after it.
void map_pull_request_opened(mapping& in);
void map_pull_request_source_updated(mapping& in);
void map_pull_request_modified(mapping& in);
void map_pull_request_target_updated(mapping& in);
void map_pull_request_reviewers_updated(mapping& in);
void map_pull_request_approved(mapping& in);
void map_pull_request_changes_requested(mapping& in);
void map_pull_request_unapproved(mapping& in);
void map_pull_request_merged(mapping& in);
void map_pull_request_declined(mapping& in);
void map_pull_request_deleted(mapping& in);
void map_pull_request_comment_added(mapping& in);
void map_pull_request_comment_edited(mapping& in);
void map_pull_request_comment_deleted(mapping& in);
void map_commit_comment_added(mapping& in);
void map_commit_comment_edited(mapping& in);
void map_commit_comment_deleted(mapping& in);
void map_repository_modified(mapping& in);
void map_repository_forked(mapping& in);
void map_secret_detected(mapping& in);
void map_mirror_synchronized(mapping& in);
void map_project_modified(mapping& in);

}  // namespace bbstream::normalize::datacenter
