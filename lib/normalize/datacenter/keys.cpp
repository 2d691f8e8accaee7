#include "normalize/datacenter/keys.hpp"

namespace bbstream::normalize::datacenter {

namespace {

constexpr mapped_key keys[] = {
    {"pr:opened", map_pull_request_opened},
    {"pr:from_ref_updated", map_pull_request_source_updated},
    {"pr:modified", map_pull_request_modified},
    {"pr:to_ref_updated", map_pull_request_target_updated},  // documented; servers refuse it
    {"pr:reviewer:updated", map_pull_request_reviewers_updated},
    {"pr:reviewer:approved", map_pull_request_approved},
    {"pr:reviewer:needs_work", map_pull_request_changes_requested},
    {"pr:reviewer:changes_requested", map_pull_request_changes_requested},  // its documented name
    {"pr:reviewer:unapproved", map_pull_request_unapproved},
    {"pr:merged", map_pull_request_merged},
    {"pr:declined", map_pull_request_declined},
    {"pr:deleted", map_pull_request_deleted},
    {"pr:comment:added", map_pull_request_comment_added},
    {"pr:comment:edited", map_pull_request_comment_edited},
    {"pr:comment:deleted", map_pull_request_comment_deleted},
    {"repo:comment:added", map_commit_comment_added},
    {"repo:comment:edited", map_commit_comment_edited},
    {"repo:comment:deleted", map_commit_comment_deleted},
    {"repo:modified", map_repository_modified},
    {"repo:forked", map_repository_forked},
    {"repo:secret_detected", map_secret_detected},
    {"mirror:repo_synchronized", map_mirror_synchronized},
    {"project:modified", map_project_modified},
    {"proj:modified", map_project_modified},  // its name in the documentation of 8.9
};

}  // namespace

map_function mapping_of(std::string_view event_key)
{
    return find_mapping(keys, event_key);
}

}  // namespace bbstream::normalize::datacenter
