// buildstatus.reported, pipelinerun.*, taskrun.finished, deployment.*
#include "event/data_writer.hpp"

namespace bbstream::event {

namespace {

void write_tests(object_writer& to, std::optional<test_counts> const& what)
{
    to.name<"tests">();
    if (!what) {
        to.out() += "null";
        return;
    }
    to.begin_object();
    to.number<"passed">(what->passed);
    to.number<"failed">(what->failed);
    to.number<"skipped">(what->skipped);
    to.end_object();
}

void write_environment(object_writer& to, std::optional<deployment_environment> const& what)
{
    to.name<"environment">();
    if (!what) {
        to.out() += "null";
        return;
    }
    to.begin_object();
    to.text<"id">(what->id);
    to.text<"name">(what->name);
    to.text<"type">(what->type);
    to.end_object();
}

build_status identifiers(build_status const& whole)
{
    build_status only;
    only.commit = whole.commit;
    only.key = whole.key;
    only.state = whole.state;
    only.source_state = whole.source_state;
    only.first = whole.first;
    only.updated_at = whole.updated_at;
    only.pipeline_run_number = whole.pipeline_run_number;
    return only;
}

pipeline_run identifiers(pipeline_run const& whole)
{
    pipeline_run only;
    only.run_id = whole.run_id;
    only.pipeline_id = whole.pipeline_id;
    only.run_number = whole.run_number;
    only.state = whole.state;
    only.source_state = whole.source_state;
    only.result = whole.result;
    only.commit = whole.commit;
    only.finished_at = whole.finished_at;
    return only;
}

task_run identifiers(task_run const& whole)
{
    task_run only;
    only.task_id = whole.task_id;
    only.run_id = whole.run_id;
    only.run_number = whole.run_number;
    only.result = whole.result;
    only.finished_at = whole.finished_at;
    return only;
}

deployment identifiers(deployment const& whole)
{
    deployment only;
    only.deployment_id = whole.deployment_id;
    only.state = whole.state;
    only.source_state = whole.source_state;
    only.result = whole.result;
    only.commit = whole.commit;
    only.finished_at = whole.finished_at;
    return only;
}

// What is written of it; the members are those of the data, so that all of that is shorter then.
template <class T>
T shown(data_writer& into, T const& whole)
{
    if (!into.bare())
        return whole;
    into.cut("");
    return identifiers(whole);
}

}  // namespace

void write(data_writer& into, build_status_reported const& what)
{
    auto& to = into.to();
    auto const status = shown(into, *what.status);
    write_hash<"sha", "shortSha">(to, status.commit);
    to.text<"key">(status.key);
    to.text<"name">(status.name);
    to.text<"state">(status.state);
    to.text<"sourceState">(status.source_state);
    to.boolean<"first">(status.first);
    to.text<"description">(status.description);
    to.text<"url">(status.url);
    to.text<"refName">(status.ref_name);
    to.time<"createdAt">(status.created_at);
    to.time<"updatedAt">(status.updated_at);
    to.text<"parentKey">(status.parent_key);
    to.text<"buildNumber">(status.build_number);
    to.number<"durationMs">(status.duration_ms);
    write_tests(to, status.tests);
    to.text<"provider">(status.provider);
    to.number<"pipelineRunNumber">(status.pipeline_run_number);
}

void write(data_writer& into, pipeline_run_fact const& what)
{
    auto& to = into.to();
    auto const run = shown(into, *what.run);
    to.text<"runId">(run.run_id);
    to.text<"pipelineId">(run.pipeline_id);
    to.number<"runNumber">(run.run_number);
    to.text<"name">(run.name);
    to.text<"state">(run.state);
    to.text<"sourceState">(run.source_state);
    to.text<"result">(run.result);
    to.text<"sourceResult">(run.source_result);
    to.text<"trigger">(run.trigger);
    to.name<"ref">();
    if (run.ref)
        write_ref(to, *run.ref);
    else
        to.out() += "null";
    write_hash<"sha", "shortSha">(to, run.commit);
    to.time<"queuedAt">(run.queued_at);
    to.time<"startedAt">(run.started_at);
    to.time<"finishedAt">(run.finished_at);
    to.number<"durationMs">(run.duration_ms);
    to.text<"url">(run.url);
}

void write(data_writer& into, task_run_finished const& what)
{
    auto& to = into.to();
    auto const task = shown(into, *what.task);
    to.text<"taskId">(task.task_id);
    to.text<"runId">(task.run_id);
    to.number<"runNumber">(task.run_number);
    to.text<"name">(task.name);
    to.text<"result">(task.result);
    to.text<"sourceResult">(task.source_result);
    to.time<"startedAt">(task.started_at);
    to.time<"finishedAt">(task.finished_at);
    to.number<"durationMs">(task.duration_ms);
}

void write(data_writer& into, deployment_fact const& what)
{
    auto& to = into.to();
    auto const one = shown(into, *what.deployment);
    to.text<"deploymentId">(one.deployment_id);
    write_environment(to, one.environment);
    to.text<"state">(one.state);
    to.text<"sourceState">(one.source_state);
    to.text<"result">(one.result);
    write_hash<"sha", "shortSha">(to, one.commit);
    to.text<"release">(one.release);
    to.time<"startedAt">(one.started_at);
    to.time<"finishedAt">(one.finished_at);
    to.text<"url">(one.url);
}

}  // namespace bbstream::event
