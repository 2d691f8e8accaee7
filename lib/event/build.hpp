// Builds: statuses of commits, pipelines and their steps, deployments.
#pragma once

#include "event/objects.hpp"

#include <cstdint>

namespace bbstream::event {

struct test_counts {
    std::optional<std::uint64_t> passed;
    std::optional<std::uint64_t> failed;
    std::optional<std::uint64_t> skipped;
};

struct build_status {
    hash commit;
    std::string_view key;
    text name;
    std::string_view state = "unknown";  // in_progress, successful, failed, stopped, unknown
    std::string_view source_state;
    bool first = false;  // of its key on its commit
    text description;
    text url;
    text ref_name;
    std::optional<micros> created_at;
    std::optional<micros> updated_at;
    text parent_key;
    text build_number;
    std::optional<std::uint64_t> duration_ms;
    std::optional<test_counts> tests;
    text provider;  // pipelines, external
    std::optional<std::uint64_t> pipeline_run_number;
};

struct pipeline_run {
    std::string_view run_id;
    text pipeline_id;
    std::optional<std::uint64_t> run_number;
    text name;
    std::string_view state = "unknown";  // queued, running, paused, finished, unknown
    std::string_view source_state;
    text result;  // success, failure, error, cancelled, expired, skipped, unknown
    text source_result;
    text trigger;
    std::optional<event::ref> ref;
    hash commit;
    std::optional<micros> queued_at;
    std::optional<micros> started_at;
    std::optional<micros> finished_at;
    std::optional<std::uint64_t> duration_ms;
    text url;
};

struct task_run {
    std::string_view task_id;
    text run_id;
    std::optional<std::uint64_t> run_number;
    text name;
    text result;
    text source_result;
    std::optional<micros> started_at;
    std::optional<micros> finished_at;
    std::optional<std::uint64_t> duration_ms;
    text pipeline_id{};  // what its run is called by; not in its data
};

struct deployment_environment {
    text id;
    text name;
    text type;
};

struct deployment {
    std::string_view deployment_id;
    std::optional<deployment_environment> environment;
    std::string_view state = "unknown";
    std::string_view source_state;
    text result;
    hash commit;
    text release;
    std::optional<micros> started_at;
    std::optional<micros> finished_at;
    text url;
};

// buildstatus.reported
struct build_status_reported {
    event::build_status const* status = nullptr;
};

// pipelinerun.queued, .started, .finished
struct pipeline_run_fact {
    event::pipeline_run const* run = nullptr;
};

// taskrun.finished
struct task_run_finished {
    event::task_run const* task = nullptr;
};

// deployment.started, .finished
struct deployment_fact {
    event::deployment const* deployment = nullptr;
};

}  // namespace bbstream::event
