// Samples of the events of builds, issues and projects.
#include "support/samples/names.hpp"

namespace bbstream::test {

using event::type;
using namespace sample;

void samples::set_build_fact(event::event& of)
{
    delivery.event_key = of.type == type::buildstatus_reported ? "repo:commit_status_updated" : "pipeline:span_created";
    if (of.type == type::pipelinerun_queued || of.type == type::pipelinerun_started) {
        run_.state = of.type == type::pipelinerun_queued ? "queued" : "running";
        run_.source_state = of.type == type::pipelinerun_queued ? "PENDING" : "IN_PROGRESS";
        run_.result = run_.source_result = {};
        run_.finished_at = {};
        run_.duration_ms = {};
    }
    if (of.type == type::deployment_started) {
        deployment_.state = "in_progress";
        deployment_.source_state = "IN_PROGRESS";
        deployment_.result = {};
        deployment_.finished_at = {};
    }
    event::pipeline_run_fact const run{&run_};
    event::deployment_fact const deployment{&deployment_};
    constexpr std::string_view run_subject = "pipelineruns/9f8b1f0e-6a1d-4a55-8f52-0d1c7c6b5a41";
    constexpr std::string_view deployment_subject = "deployments/7d3a178a-0000-4000-8000-000000000007";
    switch (of.type) {
        case type::buildstatus_reported:
            return set(of, facts_.build_status(first_sha, status_.key, status_.source_state, noon),
                       "commits/1111111111111111111111111111111111111111/statuses/unit-tests",
                       event::build_status_reported{&status_});
        case type::pipelinerun_queued:
            return set(of, facts_.pipeline_run(run_id, 18, "queued").id(0), run_subject, run);
        case type::pipelinerun_started:
            return set(of, facts_.pipeline_run(run_id, 18, "started").id(0), run_subject, run);
        case type::pipelinerun_finished:
            return set(of, facts_.pipeline_run(run_id, 18, "finished").id(0), run_subject, run);
        case type::taskrun_finished:
            return set(of, facts_.pipeline_step(step_id, 18, "finished").id(0),
                       "taskruns/4c1a9c1e-2f7b-4c0f-9a77-5e1f3d2b6c42", event::task_run_finished{&task_});
        case type::deployment_started:
            return set(of, facts_.deployment(deployment_.deployment_id, "started"), deployment_subject, deployment);
        default:
            return set(of, facts_.deployment(deployment_.deployment_id, "finished"), deployment_subject, deployment);
    }
}

void samples::set_issue_fact(event::event& of)
{
    constexpr std::string_view subject = "issues/7";
    event::issue_fact const fact{&issue_};
    delivery.event_key = "issue:updated";
    if (of.type == type::issue_created) {
        set(of, facts_.issue_created(7), subject, fact);
    } else if (of.type == type::issue_updated) {
        event::issue_updated updated{&issue_, {}, nullptr};
        changes_ = {event::field_change{"assignee", {}, &ada}, event::field_change{"priority", "minor", "major"}};
        if (filled_)
            updated = {&issue_, changes_, &comment_};
        set(of, facts_.issue_updated(7, noon), subject, updated);
    } else if (of.type == type::issue_comment_created) {
        set(of, facts_.issue_comment_created(7, "9"), "issues/7/comments/9",
            event::issue_comment_created{&issue_, &comment_});
    } else {
        set(of, facts_.snapshot("issue", "7", "0a1b").id(0), subject, fact);
    }
}

void samples::set_project_fact(event::event& of)
{
    delivery.event_key = "project:updated";
    event::facts in_project(name_, "cloud", project_.id);
    delivery.source = "bitbucket://cloud/projects/2b000000-0000-4000-8000-000000000002";
    delivery.partition_key = "cloud:project:2b000000-0000-4000-8000-000000000002";
    delivery.repository = nullptr;
    changes_ = {event::field_change{"name", "Money", "Payments"}, event::field_change{"private", false, true}};
    event::project_fact fact{&project_, nullptr, {}};
    if (of.type == type::project_snapshot)
        return set(of, facts_.snapshot("project", project_.id, "0a1b").id(0), "project", fact);
    if (filled_)
        fact = {&project_, &project_before_, changes_};
    set(of, in_project.project_updated(changes_).id(0), "project", fact);
}

}  // namespace bbstream::test
