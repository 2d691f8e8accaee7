#include "normalize/cloud/pipeline.hpp"

#include "normalize/hash.hpp"
#include "normalize/identity.hpp"
#include "normalize/words.hpp"

#include <algorithm>
#include <string>

namespace bbstream::normalize::cloud {

namespace {

// Spans say COMPLETE where REST says SUCCESSFUL.
constexpr word results[] = {{"COMPLETE", "success"}, {"SUCCESSFUL", "success"}, {"FAILED", "failure"},
                            {"ERROR", "error"},      {"STOPPED", "cancelled"},  {"EXPIRED", "expired"},
                            {"NOT_RUN", "skipped"},  {"SKIPPED", "skipped"}};
constexpr word triggers[] = {{"PUSH", "push"},
                             {"MANUAL", "manual"},
                             {"SCHEDULE", "schedule"},
                             {"SCHEDULED", "schedule"},
                             {"PULL_REQUEST", "pull_request"}};
// In spans, and in REST.
constexpr word prefixes[] = {
    {"BRANCH", "refs/heads/"},   {"NAMED_BRANCH", "refs/heads/"}, {"BOOKMARK", "refs/heads/"},
    {"TAG", "refs/tags/"},       {"branch", "refs/heads/"},       {"named_branch", "refs/heads/"},
    {"bookmark", "refs/heads/"}, {"tag", "refs/tags/"},           {"annotated_tag", "refs/tags/"}};
constexpr word states[] = {{"PENDING", "queued"}, {"PARSING", "queued"}, {"IN_PROGRESS", "running"},
                           {"PAUSED", "paused"},  {"HALTED", "paused"},  {"COMPLETED", "finished"}};

// What is neither a branch nor a tag has no ref.
std::optional<event::ref> ref_of(event::text name, event::text type, arena& memory)
{
    auto const prefix = translate(prefixes, type.value_or(std::string_view()));
    if (!name || prefix == "unknown")
        return std::nullopt;
    return event::ref{memory.join({prefix, *name}), *name, prefix == "refs/tags/" ? "tag" : "branch"};
}

event::hash commit_of(span const& from, arena& memory)
{
    auto const sent = from.text(attribute::commit);
    if (!sent)
        return {};
    auto const forms = forms_of_hash(*sent, memory);
    return {forms.sha, forms.short_sha};
}

std::optional<std::uint64_t> duration_of(std::optional<micros> started, std::optional<micros> finished)
{
    if (!started || !finished || *finished < *started)
        return std::nullopt;
    return static_cast<std::uint64_t>(*finished - *started) / 1000;
}

event::text name_in(std::optional<object> const& of, std::string_view member)
{
    auto const found = of ? object_member(*of, member) : std::nullopt;
    return found ? filled_member(*found, "name") : std::nullopt;
}

event::text observed_id(object const& from, arena& memory)
{
    auto const id = uuid_member(from, "uuid", memory);
    return id && id->size() <= id_bytes_max ? id : std::nullopt;
}

// A run that stands still says so within the state.
std::string_view state_of(event::text name, event::text stage)
{
    auto const still = translate_some(states, stage);
    return still == "paused" ? *still : translate(states, name.value_or(std::string_view()));
}

// What nobody knows goes on: it has not ended.
state::run_stage stage_of(std::string_view state)
{
    if (state == "finished")
        return state::run_stage::ended;
    if (state == "queued")
        return state::run_stage::queued;
    return state == "paused" ? state::run_stage::paused : state::run_stage::running;
}

void read_target(event::pipeline_run& into, object const& from, arena& memory)
{
    into.ref = ref_of(filled_member(from, "ref_name"), filled_member(from, "ref_type"), memory);
    if (auto const commit = object_member(from, "commit"))
        into.commit = hash_member(*commit, "hash", memory);
}

}  // namespace

event::pipeline_run read_run(span const& from, std::string_view pipeline, arena& memory)
{
    event::pipeline_run run;
    run.run_id = from.uuid(attribute::run, memory).value_or(pipeline);
    run.pipeline_id = pipeline;
    run.run_number = from.number(attribute::run_number);
    run.name = from.text(attribute::pipeline_name);
    run.state = "finished";
    run.source_state = from.text(attribute::state).value_or(std::string_view());
    run.source_result = from.text(attribute::result);
    run.result = translate_some(results, run.source_result);
    run.trigger = translate_some(triggers, from.text(attribute::trigger));
    run.ref = ref_of(from.text(attribute::ref_name), from.text(attribute::ref_type), memory);
    run.commit = commit_of(from, memory);
    run.started_at = from.started();
    run.finished_at = from.finished();
    run.duration_ms = duration_of(run.started_at, run.finished_at);
    run.url = from.text(attribute::run_url);
    return run;
}

event::task_run read_step(span const& from, std::string_view step, arena& memory)
{
    event::task_run task;
    task.task_id = step;
    task.pipeline_id = from.uuid(attribute::pipeline, memory);
    task.run_id = from.uuid(attribute::run, memory);
    if (!task.run_id)
        task.run_id = task.pipeline_id;
    task.run_number = from.number(attribute::run_number);
    task.name = from.text(attribute::step_name);
    task.source_result = from.text(attribute::step_result);
    task.result = translate_some(results, task.source_result);
    task.started_at = from.started();
    task.finished_at = from.finished();
    task.duration_ms = duration_of(task.started_at, task.finished_at);
    return task;
}

std::optional<observed_run> read_observed_run(object const& from, event::text url, arena& memory)
{
    auto const id = observed_id(from, memory);
    if (!id)
        return std::nullopt;
    observed_run seen;
    auto& run = seen.run;
    auto const state = object_member(from, "state");
    auto const source_state = state ? filled_member(*state, "name") : std::nullopt;
    run.run_id = *id;
    run.pipeline_id = *id;
    run.run_number = number_member(from, "run_number");
    run.state = state_of(source_state, name_in(state, "stage"));
    run.source_state = source_state.value_or(std::string_view());
    run.source_result = name_in(state, "result");
    run.result = translate_some(results, run.source_result);
    run.trigger = translate_some(triggers, name_in(from, "trigger"));
    run.queued_at = time_member(from, "created_on");
    run.finished_at = time_member(from, "completed_on");
    if (auto const target = object_member(from, "target"))
        read_target(run, *target, memory);
    if (auto const duration = number_member(from, "duration_in_seconds"); duration && run.finished_at)
        run.duration_ms = *duration * 1000;
    if (auto const number = number_member(from, "build_number"); number && url)
        run.url = memory.join({*url, "/pipelines/results/", std::to_string(*number)});
    seen.number = std::max<std::uint64_t>(run.run_number.value_or(1), 1);
    seen.stage = stage_of(run.state);
    return seen;
}

std::optional<event::task_run> read_observed_step(object const& from, std::string_view pipeline, std::uint64_t number,
                                                  arena& memory)
{
    auto const id = observed_id(from, memory);
    auto const state = object_member(from, "state");
    if (!id || !state || filled_member(*state, "name") != "COMPLETED")
        return std::nullopt;
    event::task_run task;
    task.task_id = *id;
    task.run_id = pipeline;
    task.pipeline_id = pipeline;
    task.run_number = number_member(from, "run_number");
    if (!task.run_number)
        task.run_number = number;
    task.name = text_member(from, "name");
    task.source_result = name_in(state, "result");
    task.result = translate_some(results, task.source_result);
    task.started_at = time_member(from, "started_on");
    task.finished_at = time_member(from, "completed_on");
    task.duration_ms = duration_of(task.started_at, task.finished_at);
    return task.started_at || task.finished_at ? std::optional(task) : std::nullopt;
}

}  // namespace bbstream::normalize::cloud
