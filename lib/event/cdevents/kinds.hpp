// The CDEvents that events become: their types with their versions, and their schemas.
#pragma once

#include "event/cdevents/cdevent.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace bbstream::event::cdevents {

enum class kind : std::uint8_t {
    repository_created,
    repository_modified,
    repository_deleted,
    branch_created,
    branch_deleted,
    change_created,
    change_updated,
    change_reviewed,
    change_merged,
    change_abandoned,
    pipelinerun_queued,
    pipelinerun_started,
    pipelinerun_finished,
    taskrun_finished,
    service_deployed,
    ticket_created,
    ticket_updated,
    ticket_closed,
    // Of our own:
    ref_created,
    ref_updated,
    ref_deleted,
    tag_created,
    tag_updated,
    tag_deleted,
    commit_added,
    comment_created,
    comment_updated,
    comment_deleted,
    comment_resolved,
    comment_reopened,
};

cdevent make(kind which, std::string subject_id, std::string content);

}  // namespace bbstream::event::cdevents
