#include "normalize/cloud/pipeline.hpp"

#include "normalize/hash.hpp"
#include "normalize/words.hpp"

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
constexpr word prefixes[] = {
    {"BRANCH", "refs/heads/"}, {"NAMED_BRANCH", "refs/heads/"}, {"BOOKMARK", "refs/heads/"}, {"TAG", "refs/tags/"}};

// What is neither a branch nor a tag has no ref.
std::optional<event::ref> ref_of(span const& from, arena& memory)
{
    auto const name = from.text(attribute::ref_name);
    auto const prefix = translate(prefixes, from.text(attribute::ref_type).value_or(std::string_view()));
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

std::optional<std::uint64_t> duration_of(span const& from)
{
    auto const started = from.started();
    auto const finished = from.finished();
    if (!started || !finished || *finished < *started)
        return std::nullopt;
    return static_cast<std::uint64_t>(*finished - *started) / 1000;
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
    run.ref = ref_of(from, memory);
    run.commit = commit_of(from, memory);
    run.started_at = from.started();
    run.finished_at = from.finished();
    run.duration_ms = duration_of(from);
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
    task.duration_ms = duration_of(from);
    return task;
}

}  // namespace bbstream::normalize::cloud
