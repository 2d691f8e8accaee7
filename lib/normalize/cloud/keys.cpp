#include "normalize/cloud/keys.hpp"

namespace bbstream::normalize::cloud {

namespace {

constexpr mapped_key keys[] = {
    {"repo:created", map_repository_created},
    {"repo:imported", map_repository_imported},
    {"repo:deleted", map_repository_deleted},
    {"repo:fork", map_repository_forked},
    {"repo:updated", map_repository_updated},
    {"repo:transfer", map_repository_transferred},
    {"repo:commit_comment_created", map_commit_comment_created},
    {"repo:commit_status_created", map_commit_status_created},
    {"repo:commit_status_updated", map_commit_status_updated},
    {"pullrequest:created", map_pull_request_created},
    {"pullrequest:updated", map_pull_request_updated},
    {"pullrequest:push", map_pull_request_push},
    {"pullrequest:approved", map_pull_request_approved},
    {"pullrequest:unapproved", map_pull_request_unapproved},
    {"pullrequest:changes_request_created", map_pull_request_changes_requested},
    {"pullrequest:changes_request_removed", map_pull_request_changes_request_removed},
    {"pullrequest:fulfilled", map_pull_request_fulfilled},
    {"pullrequest:rejected", map_pull_request_rejected},
    {"pullrequest:comment_created", map_pull_request_comment_created},
    {"pullrequest:comment_updated", map_pull_request_comment_updated},
    {"pullrequest:comment_deleted", map_pull_request_comment_deleted},
    {"pullrequest:comment_resolved", map_pull_request_comment_resolved},
    {"pullrequest:comment_reopened", map_pull_request_comment_reopened},
    {"pipeline:span_created", map_pipeline_span_created},
    {"issue:created", map_issue_created},
    {"issue:updated", map_issue_updated},
    {"issue:comment_created", map_issue_comment_created},
    {"project:updated", map_project_updated},
};

}  // namespace

map_function mapping_of(std::string_view event_key)
{
    return find_mapping(keys, event_key);
}

}  // namespace bbstream::normalize::cloud
