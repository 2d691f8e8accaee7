// The event keys of Cloud, and what maps each; `repo:push` is the fold's own.
#pragma once

#include "normalize/mapping.hpp"

#include <string_view>

namespace bbstream::normalize::cloud {

// Nothing for a key that has no type.
map_function mapping_of(std::string_view event_key);

void map_repository_created(mapping& in);
void map_repository_imported(mapping& in);
void map_repository_deleted(mapping& in);
void map_repository_forked(mapping& in);
void map_repository_updated(mapping& in);
void map_repository_transferred(mapping& in);
void map_commit_comment_created(mapping& in);
void map_commit_status_created(mapping& in);
void map_commit_status_updated(mapping& in);
void map_pull_request_created(mapping& in);
void map_pull_request_updated(mapping& in);
void map_pull_request_push(mapping& in);
void map_pull_request_approved(mapping& in);
void map_pull_request_unapproved(mapping& in);
void map_pull_request_changes_requested(mapping& in);
void map_pull_request_changes_request_removed(mapping& in);
void map_pull_request_fulfilled(mapping& in);
void map_pull_request_rejected(mapping& in);
void map_pull_request_comment_created(mapping& in);
void map_pull_request_comment_updated(mapping& in);
void map_pull_request_comment_deleted(mapping& in);
void map_pull_request_comment_resolved(mapping& in);
void map_pull_request_comment_reopened(mapping& in);
void map_pipeline_span_created(mapping& in);
void map_issue_created(mapping& in);
void map_issue_updated(mapping& in);
void map_issue_comment_created(mapping& in);
void map_project_updated(mapping& in);

}  // namespace bbstream::normalize::cloud
