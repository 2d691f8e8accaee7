#include "support/samples.hpp"

namespace bbstream::test {

namespace {

using event::type;

constexpr micros noon = 1'787'565'600'000'000;  // 2026-08-24T10:00:00Z
constexpr micros minute = 60'000'000;

constexpr std::string_view ledger = "3deb8c29-778a-450c-8f69-3e50a18079df";
constexpr std::string_view first_sha = "1111111111111111111111111111111111111111";
constexpr std::string_view second_sha = "2222222222222222222222222222222222222222";
constexpr std::string_view third_sha = "3333333333333333333333333333333333333333";
constexpr std::string_view no_sha = "0000000000000000000000000000000000000000";
constexpr std::string_view run_id = "9f8b1f0e-6a1d-4a55-8f52-0d1c7c6b5a41";
constexpr std::string_view step_id = "4c1a9c1e-2f7b-4c0f-9a77-5e1f3d2b6c42";
constexpr std::string_view body_sha256 = "0eff4a4d815d9c2ab1f7bdce6d2ba287e8232aefd35e522ee1f8abb2a3d8a690";

event::hash hash_of(std::string_view sha)
{
    return {sha, sha.substr(0, 12)};
}

}  // namespace

samples::samples(bool filled) : filled_(filled), facts_(name_, "cloud", ledger)
{
    fill_delivery();
    repository.id = ledger;
    commit_.hash = first_sha;
    pull_request_.id = 42;
    pull_request_.source_state = "OPEN";
    comment_.id = "9";
    status_.key = "unit-tests";
    status_.source_state = "SUCCESSFUL";
    run_.run_id = run_id;
    run_.source_state = "COMPLETED";
    task_.task_id = step_id;
    deployment_.deployment_id = "7d3a178a-0000-4000-8000-000000000007";
    deployment_.source_state = "COMPLETED";
    issue_.id = 7;
    issue_.source_state = "new";
    project_.id = "2b000000-0000-4000-8000-000000000002";
    if (!filled_)
        return;
    fill_people();
    fill_repository();
    fill_commit();
    fill_pull_request();
    fill_comment();
    fill_builds();
    fill_issue();
    fill_project();
}

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

event::event samples::make(type which)
{
    event::event made;
    made.type = which;
    made.position = {delivery.sequence, 0};
    made.time = noon;
    made.basis = event::time_basis::received;
    made.delivery = &delivery;
    return made;
}

void samples::set(event::event& of, event::uuid const& id, std::string_view subject, event::event_data const& data)
{
    of.id = id;
    of.subject = subject;
    of.data = data;
}

event::event samples::of(type which)
{
    auto made = make(which);
    if (which <= type::repository_snapshot)
        set_repository_fact(made);
    else if (which <= type::ref_snapshot)
        set_ref_fact(made);
    else if (which <= type::commit_comment_deleted && which != type::mirror_synchronized)
        set_commit_fact(made);
    else if (which >= type::pullrequest_opened && which <= type::pullrequest_enriched)
        set_pull_request_fact(made);
    else if (which >= type::pullrequest_comment_created && which <= type::pullrequest_comment_reopened)
        set_comment_fact(made);
    else if (which >= type::buildstatus_reported && which <= type::deployment_finished)
        set_build_fact(made);
    else if (which >= type::issue_created && which <= type::issue_snapshot)
        set_issue_fact(made);
    else if (which == type::project_updated || which == type::project_snapshot)
        set_project_fact(made);
    else
        set_other_fact(made);
    return made;
}

void samples::set_repository_fact(event::event& of)
{
    event::repository_fact fact;
    bool const changed = of.type == type::repository_updated || of.type == type::repository_transferred;
    if (changed && filled_) {
        fact.previous = &before_;
        fact.changes = changes_;
    }
    delivery.event_key = "repo:updated";
    if (of.type == type::repository_forked && filled_) {
        fact.fork = delivery.repository = &fork_;
        delivery.event_key = "repo:fork";
        delivery.source = "bitbucket://cloud/repositories/5f0c2c1a-0000-4000-8000-000000000008";
        delivery.partition_key = "cloud:5f0c2c1a-0000-4000-8000-000000000008";
    }
    auto const id = of.type == type::repository_created       ? facts_.repository_created()
                    : of.type == type::repository_imported    ? facts_.repository_imported()
                    : of.type == type::repository_forked      ? facts_.repository_forked()
                    : of.type == type::repository_deleted     ? facts_.repository_deleted()
                    : of.type == type::repository_updated     ? facts_.repository_updated(changes_).id(0)
                    : of.type == type::repository_transferred ? facts_.repository_transferred(changes_).id(0)
                                                              : facts_.snapshot("repository", ledger, "0a1b").id(0);
    set(of, id, "repository", fact);
}

void samples::set_ref_fact(event::event& of)
{
    if (of.type == type::ref_snapshot) {
        event::ref_snapshot seen{ref_, first_sha, {}, nullptr, {}};
        if (filled_)
            seen = {ref_, first_sha, first_sha, &commit_, true};
        set(of, facts_.snapshot("ref", ref_.name, "0a1b").id(0), ref_.name, seen);
        return;
    }
    event::ref_change change;
    change.ref = ref_;
    change.push_count = 1;
    if (of.type == type::ref_created && filled_) {
        change.ref = {"refs/tags/v1.1", "v1.1", "tag"};
        change.tag = &tag_;
    }
    if (of.type == type::ref_updated && filled_) {
        change.commits = event::commit_list{{&commit_, 1}, 1, true, false};
        change.forced = false;
    }
    if (of.type != type::ref_deleted && filled_) {
        change.new_sha = change.new_commit_sha = first_sha;
        change.head = &commit_;
    }
    if (of.type != type::ref_created && filled_)
        change.old_sha = second_sha;
    auto const old_hash = of.type == type::ref_created ? no_sha : second_sha;
    auto const new_hash = of.type == type::ref_deleted ? no_sha : first_sha;
    set(of, facts_.ref(change.ref.name, old_hash, new_hash).id(0), change.ref.name, change);
}

void samples::set_commit_fact(event::event& of)
{
    event::commit_comment const comment{filled_ ? hash_of(first_sha) : event::hash(), &comment_};
    delivery.event_key = of.type == type::commit_added ? "repo:push" : "repo:commit_comment_created";
    constexpr std::string_view subject = "commits/1111111111111111111111111111111111111111/comments/9";
    if (of.type == type::commit_comment_created) {
        set(of, facts_.commit_comment_created("9"), subject, comment);
    } else if (of.type == type::commit_comment_updated) {
        set(of, facts_.commit_comment_updated("9", {{}, noon}), subject, comment);
    } else if (of.type == type::commit_comment_deleted) {
        set(of, facts_.commit_comment_deleted("9"), subject, comment);
    } else {
        cause_ = facts_.ref(ref_.name, second_sha, first_sha).id(0);
        of.cause = filled_ ? &cause_ : nullptr;
        of.basis = event::time_basis::payload;
        set(of, facts_.commit(first_sha), "commits/1111111111111111111111111111111111111111",
            event::commit_added{&commit_, ref_, 0});
    }
}

void samples::set_pull_request_fact(event::event& of)
{
    auto const id = pull_request_.id;
    delivery.event_key = "pullrequest:updated";
    if (filled_ && of.type == type::pullrequest_superseded) {
        pull_request_.state = "superseded";
        pull_request_.source_state = "SUPERSEDED";
    }
    if (filled_ && (of.type == type::pullrequest_merged || of.type == type::pullrequest_declined)) {
        bool const merged = of.type == type::pullrequest_merged;
        pull_request_.state = merged ? "merged" : "declined";
        pull_request_.source_state = merged ? "MERGED" : "DECLINED";
        pull_request_.closed_by = ada;
        pull_request_.closed_at = noon;
        pull_request_.decline_reason = merged ? event::text() : "Superseded by the new rules.";
        pull_request_.merge_commit = merged ? hash_of(first_sha) : event::hash();
        pull_request_.merge_strategy = merged ? event::text("squash") : event::text();
    }
    event::pull_request_fact const fact{&pull_request_};
    constexpr std::string_view subject = "pullrequests/42";
    switch (of.type) {
        case type::pullrequest_opened:
            return set(of, facts_.pull_request_opened(id), subject, fact);
        case type::pullrequest_declined:
            return set(of, facts_.pull_request_declined(id).id(0), subject, fact);
        case type::pullrequest_superseded:
            return set(of, facts_.pull_request_superseded(id), subject, fact);
        case type::pullrequest_reopened:
            return set(of, facts_.pull_request_reopened(id).id(0), subject, fact);
        case type::pullrequest_deleted:
            return set(of, facts_.pull_request_deleted(id), subject, fact);
        case type::pullrequest_snapshot:
            return set(of, facts_.snapshot("pullrequest", "42", "0a1b").id(0), subject, fact);
        default:
            set_pull_request_change(of);
    }
}

void samples::set_pull_request_change(event::event& of)
{
    auto const id = pull_request_.id;
    auto const* const pr = &pull_request_;
    event::merged_commits const commits{{parents_.data(), parents_.size()}, true};
    auto const known = filled_ ? std::optional(commits) : std::nullopt;
    auto const before = filled_ ? hash_of(third_sha) : event::hash();
    auto const after = filled_ ? hash_of(second_sha) : event::hash();
    constexpr std::string_view subject = "pullrequests/42";
    switch (of.type) {
        case type::pullrequest_updated: {
            changes_ = {event::field_change{"title", "Round", "Round half to even"},
                        event::field_change{"description", {}, "As accountants do."}};
            auto const changes = filled_ ? std::optional<event::field_changes>(changes_) : std::nullopt;
            return set(of, facts_.pull_request_updated(id, {{}, noon}), subject,
                       event::pull_request_updated{pr, changes});
        }
        case type::pullrequest_source_updated:
            return set(of, facts_.source_updated(id, second_sha).id(0), subject,
                       event::pull_request_source_updated{pr, before, after});
        case type::pullrequest_target_updated: {
            event::pull_request_target_updated moved{pr, {}, {}, before, after};
            if (filled_)
                moved.ref_before = moved.ref_after = "refs/heads/main";
            return set(of, facts_.target_updated(id, "refs/heads/main", second_sha).id(0), subject, moved);
        }
        case type::pullrequest_reviewers_updated: {
            event::pull_request_reviewers_updated who{pr, {}, {}};
            if (filled_) {
                who.added = added_;
                who.removed = removed_;
            }
            return set(of, facts_.reviewers_updated(id, {{}, noon}), subject, who);
        }
        case type::pullrequest_reviewed: {
            event::pull_request_reviewed verdict;
            verdict.pull_request = pr;
            if (filled_)
                verdict = {pr, &grace, "approved", "changes_requested", second_sha, noon};
            return set(of, facts_.reviewed(id, "1f0c7a2e-5b0d-4b55-9c0b-3c9e2a6b7d02", "approved", noon), subject,
                       verdict);
        }
        case type::pullrequest_merged:
            return set(of, facts_.pull_request_merged(id), subject, event::pull_request_merged{pr, known});
        default:
            return set(of, facts_.pull_request_enriched(id, "mergedCommitShas", second_sha), subject,
                       event::pull_request_enriched{id, "mergedCommitShas", after, before, after, known});
    }
}

void samples::set_comment_fact(event::event& of)
{
    auto const id = pull_request_.id;
    delivery.event_key = "pullrequest:comment_created";
    if (filled_ && of.type == type::pullrequest_comment_resolved)
        comment_.state = "resolved";
    auto const name = of.type == type::pullrequest_comment_created ? facts_.pull_request_comment_created(id, "9")
                      : of.type == type::pullrequest_comment_updated
                          ? facts_.pull_request_comment_updated(id, "9", {{}, noon})
                      : of.type == type::pullrequest_comment_deleted  ? facts_.pull_request_comment_deleted(id, "9")
                      : of.type == type::pullrequest_comment_resolved ? facts_.comment_resolved(id, "9").id(0)
                                                                      : facts_.comment_reopened(id, "9").id(0);
    set(of, name, "pullrequests/42/comments/9", event::pull_request_comment{&pull_request_, &comment_});
}

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

void samples::set_other_fact(event::event& of)
{
    constexpr std::string_view backfill = "backfills/1042";
    switch (of.type) {
        case type::mirror_synchronized: {
            event::mirror_synchronized synced;
            synced.ref_limit_exceeded = !filled_;
            if (filled_)
                synced = {"B0ZK-1234", "Sydney", "incremental", false, ref_, second_sha, first_sha};
            return set(of, facts_.mirror_synchronized("B0ZK-1234", ref_.name, second_sha, first_sha).id(0),
                       "mirrors/B0ZK-1234", synced);
        }
        case type::secret_detected: {
            event::secret_detected found;
            if (filled_)
                found = {first_sha, "deploy/prod.env", 3, "AWS access key"};
            return set(of, facts_.secret_detected(first_sha, "deploy/prod.env", 3, "AWS access key"),
                       "secrets/1111111111111111111111111111111111111111", found);
        }
        case type::unknown_received: {
            event::unknown_received unknown{event::unknown_reason::unknown_key,
                                            "there is no type for this event key",
                                            R"({"planet":"Mars"})",
                                            true,
                                            17,
                                            body_sha256};
            if (!filled_)
                delivery.repository = nullptr;
            delivery.event_key = "repo:moved_to_mars";
            return set(of, event::unknown_fact(name_, "cloud", "-", body_sha256, "-"), "deliveries/-", unknown);
        }
        case type::system_gap_detected: {
            event::gap_detected gap{ref_, {}, {}, {}, "chain"};
            if (filled_)
                gap = {ref_, third_sha, second_sha, first_sha, "chain"};
            return set(of, facts_.gap(ref_.name, third_sha, second_sha, first_sha, "chain").id(0), ref_.name, gap);
        }
        case type::system_backfill_started:
            delivery.repository = filled_ ? &repository : nullptr;
            return set(of, event::backfill_started_fact(name_, "cloud", "repository", ledger, 1042), backfill,
                       event::backfill_started{"repository", 1042, "chain"});
        default:
            delivery.repository = filled_ ? &repository : nullptr;
            return set(of, event::backfill_finished_fact(name_, "cloud", "repository", ledger, 1042), backfill,
                       event::backfill_finished{"repository", 1042, "filled", 3, 0});
    }
}

}  // namespace bbstream::test
