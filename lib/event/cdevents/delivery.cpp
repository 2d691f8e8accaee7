// Pipelines, builds and deployments.
#include "event/cdevents/content.hpp"
#include "event/cdevents/families.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace bbstream::event::cdevents {

namespace {

struct outcome {
    std::string_view result;
    std::string_view name;
};

// Of runs and steps, and the states of builds. Others say nothing of an outcome.
constexpr std::array outcomes = {
    outcome{"success", "success"},  outcome{"failure", "failure"}, outcome{"error", "error"},
    outcome{"cancelled", "cancel"}, outcome{"expired", "failure"}, outcome{"successful", "success"},
    outcome{"failed", "failure"},   outcome{"stopped", "cancel"},
};

text outcome_of(text result)
{
    auto const found = std::ranges::find(outcomes, result.value_or(std::string_view()), &outcome::result);
    return found == outcomes.end() ? std::nullopt : text(found->name);
}

// A start must have a name and a URI.
void add_name_and_uri(json_writer& to, event const& what, kind which, text name, std::string_view otherwise, text url)
{
    bool const started = which == kind::pipelinerun_started;
    add<"pipelineName">(to, name && !name->empty() ? name : started ? text(otherwise) : text());
    if (started)
        to.text<"uri">(uri_of(what, {url}));
    else
        add_uri<"uri">(to, url);
}

text hash_of(hash const& from)
{
    return from.sha ? from.sha : from.short_sha;
}

// A package URL (purl) of the type bitbucket, whose names are lower case.
text purl_of(event const& what, hash const& commit, std::string& into)
{
    auto const* repository = what.delivery->repository;
    if (!repository || !repository->full_name || !commit.sha)
        return std::nullopt;
    into = "pkg:bitbucket/" + std::string(*repository->full_name);
    std::ranges::transform(into, into.begin(),
                           [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    into.append("@").append(*commit.sha);
    return is_uri(into) ? text(into) : std::nullopt;
}

}  // namespace

made of_pipeline_run(event const& what, kind which)
{
    auto const& run = *std::get<pipeline_run_fact>(what.data).run;
    auto content = object_of([&](json_writer& to) {
        add_name_and_uri(to, what, which, run.name, run.run_id, run.url);
        if (which == kind::pipelinerun_finished)
            add<"outcome">(to, outcome_of(run.result));
    });
    return make(which, std::string(what.subject), std::move(content));
}

// Runs are called by their pipelines, which steps know of.
made of_task_run(event const& what, kind which)
{
    auto const& task = *std::get<task_run_finished>(what.data).task;
    auto content = object_of([&](json_writer& to) {
        add<"taskName">(to, task.name);
        if (auto const run = task.pipeline_id ? task.pipeline_id : task.run_id)
            add_reference<"pipelineRun">(to, "pipelineruns/" + std::string(*run), what.delivery->source);
        add<"outcome">(to, outcome_of(task.result));
    });
    return make(which, std::string(what.subject), std::move(content));
}

// A status may be that of a build, of a scan or of anything: it is a run of its key on its commit.
made of_build_status(event const& what, kind)
{
    auto const& status = *std::get<build_status_reported>(what.data).status;
    bool const started = status.state == "in_progress";
    auto const ended = outcome_of(status.state);
    auto const commit = hash_of(status.commit);
    if ((!started && !ended) || !commit)
        return std::nullopt;
    auto const which = started ? kind::pipelinerun_started : kind::pipelinerun_finished;
    auto content = object_of([&](json_writer& to) {
        add_name_and_uri(to, what, which, status.name ? status.name : text(status.key), status.key, status.url);
        if (!started)
            add<"outcome">(to, ended);
    });
    return make(which, std::string(*commit) + "/" + std::string(status.key), std::move(content));
}

// Of those that succeeded, and where both the environment and what was deployed are known. The service is the
// repository's.
made of_deployment(event const& what, kind which)
{
    auto const& done = *std::get<deployment_fact>(what.data).deployment;
    auto const environment = done.environment ? done.environment->id : std::nullopt;
    std::string scratch;
    auto const artifact = purl_of(what, done.commit, scratch);
    if (done.result != "success" || !environment || environment->empty() || !artifact)
        return std::nullopt;
    auto content = object_of([&](json_writer& to) {
        add_reference<"environment">(to, *environment, what.delivery->source);
        to.text<"artifactId">(artifact);
    });
    return make(which, std::string(what.delivery->repository->id), std::move(content));
}

}  // namespace bbstream::event::cdevents
