// The table of projections: which CDEvent each type of event is.
#include "event/cdevents/families.hpp"

#include <algorithm>
#include <array>

namespace bbstream::event::cdevents {

namespace {

// uuid5(NAMESPACE_URL, "urn:bitbucket-events:cdevents-id:v1"), frozen: it is part of every id.
constexpr uuid id_namespace{
    {0x27, 0x0e, 0xab, 0xea, 0x6b, 0x16, 0x5b, 0x2a, 0x91, 0xcd, 0x22, 0x47, 0xa6, 0xfb, 0x56, 0x03}};

struct row {
    type native;
    made (*of)(event const& what, kind which);
    kind which;
};

// What is not here has no place in CDEvents: snapshots, which are no change; projects, mirrors, secrets; what is
// unknown, and what bbstream says of itself.
constexpr std::array table = {
    row{type::repository_created, of_repository, kind::repository_created},
    row{type::repository_imported, of_repository, kind::repository_created},
    row{type::repository_forked, of_repository, kind::repository_created},
    row{type::repository_updated, of_repository, kind::repository_modified},
    row{type::repository_transferred, of_repository, kind::repository_modified},
    row{type::repository_deleted, of_repository, kind::repository_deleted},
    row{type::ref_created, of_ref, kind::branch_created},
    row{type::ref_updated, of_ref, kind::ref_updated},
    row{type::ref_deleted, of_ref, kind::branch_deleted},
    row{type::commit_added, of_commit, kind::commit_added},
    row{type::commit_comment_created, of_comment, kind::comment_created},
    row{type::commit_comment_updated, of_comment, kind::comment_updated},
    row{type::commit_comment_deleted, of_comment, kind::comment_deleted},
    row{type::pullrequest_opened, of_change, kind::change_created},
    row{type::pullrequest_updated, of_change, kind::change_updated},
    row{type::pullrequest_source_updated, of_change, kind::change_updated},
    row{type::pullrequest_target_updated, of_change, kind::change_updated},
    row{type::pullrequest_reviewers_updated, of_change, kind::change_updated},
    row{type::pullrequest_reopened, of_change, kind::change_updated},
    row{type::pullrequest_reviewed, of_change, kind::change_reviewed},
    row{type::pullrequest_merged, of_change, kind::change_merged},
    row{type::pullrequest_declined, of_change, kind::change_abandoned},
    row{type::pullrequest_superseded, of_change, kind::change_abandoned},
    row{type::pullrequest_deleted, of_change, kind::change_abandoned},
    row{type::pullrequest_comment_created, of_comment, kind::comment_created},
    row{type::pullrequest_comment_updated, of_comment, kind::comment_updated},
    row{type::pullrequest_comment_deleted, of_comment, kind::comment_deleted},
    row{type::pullrequest_comment_resolved, of_comment, kind::comment_resolved},
    row{type::pullrequest_comment_reopened, of_comment, kind::comment_reopened},
    row{type::buildstatus_reported, of_build_status, kind::pipelinerun_finished},
    row{type::pipelinerun_queued, of_pipeline_run, kind::pipelinerun_queued},
    row{type::pipelinerun_started, of_pipeline_run, kind::pipelinerun_started},
    row{type::pipelinerun_finished, of_pipeline_run, kind::pipelinerun_finished},
    row{type::taskrun_finished, of_task_run, kind::taskrun_finished},
    row{type::deployment_finished, of_deployment, kind::service_deployed},
    row{type::issue_created, of_ticket, kind::ticket_created},
    row{type::issue_updated, of_ticket, kind::ticket_updated},
    row{type::issue_comment_created, of_comment, kind::comment_created},
};

}  // namespace

std::optional<cdevent> project(event const& what)
{
    auto const found = std::ranges::find(table, what.type, &row::native);
    return found == table.end() ? std::nullopt : found->of(what, found->which);
}

uuid id_of(uuid const& native, std::string_view type)
{
    std::string name;
    append_uuid(name, native);
    name.append(1, '\n').append(type);
    return uuid5(id_namespace, name);
}

}  // namespace bbstream::event::cdevents
