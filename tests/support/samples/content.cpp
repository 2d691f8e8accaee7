// What is in the samples.
#include "support/samples/names.hpp"

namespace bbstream::test {

using namespace sample;

void samples::fill_delivery()
{
    delivery.instance = "cloud";
    delivery.event_key = "repo:push";
    delivery.received = noon;
    delivery.sequence = 1042;
    delivery.partition_key = "cloud:3deb8c29-778a-450c-8f69-3e50a18079df";
    delivery.source = "bitbucket://cloud/repositories/3deb8c29-778a-450c-8f69-3e50a18079df";
    delivery.repository = &repository;
    if (!filled_)
        return;
    delivery.delivery_id = "0b9f1d5e-4f0f-4c3a-9f61-7a3f0f6f3c11";
    delivery.attempt = 1;
    delivery.actor = &ada;
    delivery.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    delivery.tracestate = "vendor=x";
}

void samples::fill_people()
{
    ada.id = ada.auth_id = "1f0c7a2e-5b0d-4b55-9c0b-3c9e2a6b7d01";
    ada.kind = "user";
    ada.account_id = "557058:0c1d2e3f-1111-4222-8333-444455556666";
    ada.username = "ada";
    ada.display_name = "Ada Lindqvist";
    ada.email = "ada@acme.example";
    ada.active = true;
    grace = ada;
    grace.id = grace.auth_id = "1f0c7a2e-5b0d-4b55-9c0b-3c9e2a6b7d02";
    grace.account_id = "557058:0c1d2e3f-1111-4222-8333-444455557777";
    grace.username = "grace";
    grace.display_name = "Grace Okafor";
    grace.email = "grace@acme.example";
}

void samples::fill_repository()
{
    repository.slug = "ledger";
    repository.name = "Ledger";
    repository.full_name = "acme/ledger";
    repository.workspace = {"2a000000-0000-4000-8000-000000000001", "acme"};
    repository.project = {project_.id, "PAY", "Payments", false};
    repository.is_private = true;
    repository.archived = false;
    repository.default_branch = "main";
    repository.url = "https://bitbucket.org/acme/ledger";
    repository.https_url = "https://bitbucket.org/acme/ledger.git";
    repository.ssh_url = "git@bitbucket.org:acme/ledger.git";
    before_ = repository;
    before_.name = "Books";
    fork_ = repository;
    fork_.id = "5f0c2c1a-0000-4000-8000-000000000008";
    fork_.full_name = "grace/ledger";
    fork_.workspace = {"2a000000-0000-4000-8000-000000000009", "grace"};
    fork_.url = "https://bitbucket.org/grace/ledger";
    fork_.https_url = "https://bitbucket.org/grace/ledger.git";
    fork_.ssh_url = "git@bitbucket.org:grace/ledger.git";
    fork_.parent = {ledger, "acme/ledger"};
    changes_ = {event::field_change{"name", "Books", "Ledger"}, event::field_change{"private", false, true}};
}

void samples::fill_commit()
{
    parents_ = {second_sha, third_sha};
    commit_.sha = first_sha;
    commit_.short_sha = first_sha.substr(0, 12);
    commit_.message = "Round half to even\n";
    commit_.author = event::git_person{"Ada Lindqvist", "ada@acme.example", ada};
    commit_.committer = event::git_person{"Grace Okafor", "grace@acme.example", std::nullopt};
    commit_.date = noon - minute;
    commit_.authored_at = noon - 2 * minute;
    commit_.committed_at = noon - minute;
    commit_.parents = parents_;
    commit_.url = "https://bitbucket.org/acme/ledger/commits/1111111111111111111111111111111111111111";
    tag_.message = "Release 1.1\n";
    tag_.tagged_at = noon - minute;
    tag_.tagger = commit_.author;
}

void samples::fill_pull_request()
{
    auto& of = pull_request_;
    participants_[0] = {ada, "author", "none", std::nullopt, std::nullopt};
    participants_[1] = {grace, "reviewer", "approved", noon, second_sha};
    added_[0] = grace;
    removed_[0] = ada;
    of.title = "Round half to even";
    of.description = "As accountants do.";
    of.state = "open";
    of.draft = false;
    of.locked = false;
    of.author = ada;
    of.source = {&fork_, "rounding", "refs/heads/rounding", hash_of(second_sha)};
    of.target = {&repository, "main", "refs/heads/main", hash_of(third_sha)};
    of.reviewers = std::span(participants_).last(1);
    of.participants = participants_;
    of.close_source_branch = true;
    of.comment_count = 3;
    of.task_count = 1;
    of.created_at = noon - 10 * minute;
    of.updated_at = noon;
    of.version = 4;
    of.url = "https://bitbucket.org/acme/ledger/pull-requests/42";
}

void samples::fill_comment()
{
    auto& of = comment_;
    of.parent_id = "8";
    of.body = "Is this what the tax office expects?";
    of.author = grace;
    of.state = "open";
    of.severity = "normal";
    of.anchor = event::comment_anchor{"src/round.cpp", 17, "new", 12, third_sha, second_sha};
    of.created_at = noon - 5 * minute;
    of.updated_at = noon;
    of.version = 2;
    of.previous_body = "Is this right?";
    of.resolved_by = ada;
    of.resolved_at = noon;
    of.url = "https://bitbucket.org/acme/ledger/pull-requests/42/_/diff#comment-9";
}

void samples::fill_builds()
{
    status_ = {hash_of(first_sha),
               "unit-tests",
               "Unit tests",
               "successful",
               "SUCCESSFUL",
               true,
               "312 passed",
               "https://ci.acme.example/builds/77",
               "refs/heads/main",
               noon - minute,
               noon,
               "nightly",
               "77",
               61'000,
               event::test_counts{312, 0, 4},
               "external",
               18};
    run_ = {run_id,
            "5e0d3c1f-0000-4000-8000-000000000005",
            18,
            "default",
            "finished",
            "COMPLETED",
            "success",
            "COMPLETE",
            "PUSH",
            ref_,
            hash_of(first_sha),
            noon - 3 * minute,
            noon - 2 * minute,
            noon,
            120'000,
            "https://bitbucket.org/acme/ledger/pipelines/results/18"};
    task_ = {step_id, run_id, 18, "Build", "failure", "FAILED", noon - 2 * minute, noon, 120'000};
    deployment_ = {deployment_.deployment_id,
                   event::deployment_environment{"6f000000-0000-4000-8000-000000000006", "Production", "production"},
                   "finished",
                   "COMPLETED",
                   "success",
                   hash_of(first_sha),
                   "1.1",
                   noon - minute,
                   noon,
                   "https://bitbucket.org/acme/ledger/deployments"};
}

void samples::fill_issue()
{
    issue_ = {7,
              "Rounding is off",
              "By a cent.",
              false,
              "bug",
              "major",
              "new",
              "new",
              grace,
              ada,
              "core",
              "1.1",
              "1.0.3",
              2,
              noon - minute,
              noon,
              "https://bitbucket.org/acme/ledger/issues/7"};
}

void samples::fill_project()
{
    project_.key = "PAY";
    project_.name = "Payments";
    project_.description = "All that moves money.";
    project_.is_private = true;
    project_.personal = false;
    project_.url = "https://bitbucket.org/acme/workspace/projects/PAY";
    project_before_ = project_;
    project_before_.name = "Money";
}

}  // namespace bbstream::test
