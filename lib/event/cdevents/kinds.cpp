#include "event/cdevents/kinds.hpp"

#include <array>
#include <utility>

namespace bbstream::event::cdevents {

namespace {

struct row {
    kind which;
    std::string_view type;
    std::string_view schema;
};

constexpr std::string_view custom = "https://cdevents.dev/0.5.1/schema/custom";

constexpr std::array table = {
    row{kind::repository_created, "dev.cdevents.repository.created.0.3.0",
        "https://cdevents.dev/0.5.1/schema/repository-created-event"},
    row{kind::repository_modified, "dev.cdevents.repository.modified.0.3.0",
        "https://cdevents.dev/0.5.1/schema/repository-modified-event"},
    row{kind::repository_deleted, "dev.cdevents.repository.deleted.0.3.0",
        "https://cdevents.dev/0.5.1/schema/repository-deleted-event"},
    row{kind::branch_created, "dev.cdevents.branch.created.0.3.0",
        "https://cdevents.dev/0.5.1/schema/branch-created-event"},
    row{kind::branch_deleted, "dev.cdevents.branch.deleted.0.3.0",
        "https://cdevents.dev/0.5.1/schema/branch-deleted-event"},
    row{kind::change_created, "dev.cdevents.change.created.0.4.0",
        "https://cdevents.dev/0.5.1/schema/change-created-event"},
    row{kind::change_updated, "dev.cdevents.change.updated.0.3.0",
        "https://cdevents.dev/0.5.1/schema/change-updated-event"},
    row{kind::change_reviewed, "dev.cdevents.change.reviewed.0.3.0",
        "https://cdevents.dev/0.5.1/schema/change-reviewed-event"},
    row{kind::change_merged, "dev.cdevents.change.merged.0.3.0",
        "https://cdevents.dev/0.5.1/schema/change-merged-event"},
    row{kind::change_abandoned, "dev.cdevents.change.abandoned.0.3.0",
        "https://cdevents.dev/0.5.1/schema/change-abandoned-event"},
    row{kind::pipelinerun_queued, "dev.cdevents.pipelinerun.queued.0.3.0",
        "https://cdevents.dev/0.5.1/schema/pipelinerun-queued-event"},
    row{kind::pipelinerun_started, "dev.cdevents.pipelinerun.started.0.3.0",
        "https://cdevents.dev/0.5.1/schema/pipelinerun-started-event"},
    row{kind::pipelinerun_finished, "dev.cdevents.pipelinerun.finished.0.3.0",
        "https://cdevents.dev/0.5.1/schema/pipelinerun-finished-event"},
    row{kind::taskrun_finished, "dev.cdevents.taskrun.finished.0.3.0",
        "https://cdevents.dev/0.5.1/schema/taskrun-finished-event"},
    row{kind::service_deployed, "dev.cdevents.service.deployed.0.3.0",
        "https://cdevents.dev/0.5.1/schema/service-deployed-event"},
    row{kind::ticket_created, "dev.cdevents.ticket.created.0.2.0",
        "https://cdevents.dev/0.5.1/schema/ticket-created-event"},
    row{kind::ticket_updated, "dev.cdevents.ticket.updated.0.2.0",
        "https://cdevents.dev/0.5.1/schema/ticket-updated-event"},
    row{kind::ticket_closed, "dev.cdevents.ticket.closed.0.2.0",
        "https://cdevents.dev/0.5.1/schema/ticket-closed-event"},
    row{kind::ref_created, "dev.cdeventsx.bitbucket-ref.created.0.1.0", custom},
    row{kind::ref_updated, "dev.cdeventsx.bitbucket-ref.updated.0.1.0", custom},
    row{kind::ref_deleted, "dev.cdeventsx.bitbucket-ref.deleted.0.1.0", custom},
    row{kind::tag_created, "dev.cdeventsx.bitbucket-tag.created.0.1.0", custom},
    row{kind::tag_updated, "dev.cdeventsx.bitbucket-tag.updated.0.1.0", custom},
    row{kind::tag_deleted, "dev.cdeventsx.bitbucket-tag.deleted.0.1.0", custom},
    row{kind::commit_added, "dev.cdeventsx.bitbucket-commit.added.0.1.0", custom},
    row{kind::comment_created, "dev.cdeventsx.bitbucket-comment.created.0.1.0", custom},
    row{kind::comment_updated, "dev.cdeventsx.bitbucket-comment.updated.0.1.0", custom},
    row{kind::comment_deleted, "dev.cdeventsx.bitbucket-comment.deleted.0.1.0", custom},
    row{kind::comment_resolved, "dev.cdeventsx.bitbucket-comment.resolved.0.1.0", custom},
    row{kind::comment_reopened, "dev.cdeventsx.bitbucket-comment.reopened.0.1.0", custom},
};

consteval bool is_in_order()
{
    for (std::size_t at = 0; at < table.size(); ++at)
        if (table[at].which != static_cast<kind>(at))
            return false;
    return true;
}
static_assert(is_in_order(), "a kind's row is found by its number");

}  // namespace

cdevent make(kind which, std::string subject_id, std::string content)
{
    auto const& found = table[static_cast<std::size_t>(which)];
    return {found.type, found.schema, std::move(subject_id), std::move(content)};
}

}  // namespace bbstream::event::cdevents
