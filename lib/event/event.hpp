// The typed event, as the fold gives it and the encoder takes it.
#pragma once

#include "base/product.hpp"
#include "base/time.hpp"
#include "event/batch.hpp"
#include "event/build.hpp"
#include "event/issue.hpp"
#include "event/objects.hpp"
#include "event/pull_request.hpp"
#include "event/refs.hpp"
#include "event/repository_fact.hpp"
#include "event/system_fact.hpp"
#include "event/uuid.hpp"
#include "journal/record.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace bbstream::event {

// In the order of the specification; types.cpp says what each is called and where it goes.
enum class type : std::uint8_t {
    repository_created,
    repository_imported,
    repository_forked,
    repository_updated,
    repository_transferred,
    repository_deleted,
    repository_snapshot,
    ref_created,
    ref_updated,
    ref_deleted,
    ref_snapshot,
    mirror_synchronized,
    commit_added,
    commit_comment_created,
    commit_comment_updated,
    commit_comment_deleted,
    pullrequest_opened,
    pullrequest_updated,
    pullrequest_source_updated,
    pullrequest_target_updated,
    pullrequest_reviewers_updated,
    pullrequest_reviewed,
    pullrequest_merged,
    pullrequest_declined,
    pullrequest_superseded,
    pullrequest_reopened,
    pullrequest_deleted,
    pullrequest_snapshot,
    pullrequest_enriched,
    pullrequest_comment_created,
    pullrequest_comment_updated,
    pullrequest_comment_deleted,
    pullrequest_comment_resolved,
    pullrequest_comment_reopened,
    buildstatus_reported,
    pipelinerun_queued,
    pipelinerun_started,
    pipelinerun_finished,
    taskrun_finished,
    deployment_started,
    deployment_finished,
    issue_created,
    issue_updated,
    issue_comment_created,
    issue_snapshot,
    project_updated,
    project_snapshot,
    secret_detected,
    unknown_received,
    system_gap_detected,
    system_backfill_started,
    system_backfill_finished,
    dead_letter,        // none of the specification's
    delivery_received,  // what is in it is not ours: it has no schema
};

// Without the last two.
inline constexpr std::size_t type_count = static_cast<std::size_t>(type::dead_letter);
inline constexpr std::size_t type_count_all = static_cast<std::size_t>(type::delivery_received) + 1;

topic topic_of(type which);

// Where an event's time comes from.
enum class time_basis : std::uint8_t { payload, rest, received };

// What the encoder makes of a delivery once for all of its events, for one encoding.
struct shared_text {
    std::string entities;  // {"repository":{...},"actor":{...}
    std::string traceparent;

    void clear()
    {
        entities.clear();
        traceparent.clear();
    }
};

// What all events of one record share.
struct delivery {
    bbstream::product product = bbstream::product::cloud;
    journal::origin origin = journal::origin::webhook;
    std::string_view instance;
    std::string_view event_key;
    std::string_view delivery_id;  // empty where there is none
    std::optional<std::uint32_t> attempt;
    micros received = 0;
    std::uint64_t sequence = 0;
    std::string_view traceparent;  // empty, or of version 00 of W3C Trace Context
    std::string_view tracestate;
    std::string_view partition_key;
    std::string_view source;
    event::repository const* repository = nullptr;
    event::actor const* actor = nullptr;
    shared_text* shared = nullptr;  // may be absent
};

enum class unknown_reason : std::uint8_t { unknown_key, missing_fields, type_mismatch };

struct unknown_received {
    unknown_reason reason = unknown_reason::unknown_key;
    std::string_view detail;
    std::string_view payload;  // one line of JSON, or any bytes; empty when it is too large and stays in the journal
    bool payload_is_json = false;
    std::uint64_t payload_length = 0;  // as received
    std::string_view body_sha256;      // of the whole body, in hex
};

// Stands for events that can't be published; goes to the dead-letter topic.
struct dead_letter {
    std::string_view error;
    std::string_view body;  // of the record
};

// OpenTelemetry's spans (OTLP/JSON) as they came.
struct otlp_spans {
    std::string_view body;  // of the record, without a byte order mark
};

// One alternative for each shape of `data`; what is large is pointed to.
using event_data =
    std::variant<ref_change, commit_added, unknown_received, dead_letter, ref_snapshot, mirror_synchronized,
                 repository_fact, commit_comment, pull_request_fact, pull_request_updated, pull_request_source_updated,
                 pull_request_target_updated, pull_request_reviewers_updated, pull_request_reviewed,
                 pull_request_merged, pull_request_enriched, pull_request_comment, build_status_reported,
                 pipeline_run_fact, task_run_finished, deployment_fact, issue_fact, issue_updated,
                 issue_comment_created, project_fact, secret_detected, gap_detected, backfill_started,
                 backfill_finished, otlp_spans>;
static_assert(sizeof(event_data) <= sizeof(ref_change) + sizeof(void*), "pushes pay for what others need");

struct event {
    bbstream::event::type type = type::unknown_received;
    bbstream::event::position position;
    uuid id;
    uuid const* cause = nullptr;  // the event that it was derived from
    std::string_view subject;
    micros time = 0;
    time_basis basis = time_basis::received;
    bbstream::event::delivery const* delivery = nullptr;
    event_data data;
};

}  // namespace bbstream::event
