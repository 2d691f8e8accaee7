#include "event/facts.hpp"

namespace bbstream::event {

namespace {

// As many digits of a hash as every payload has.
std::string_view sha12(std::string_view hash)
{
    return hash.substr(0, 12);
}

uuid id_at(fact_name& name, revision const& at)
{
    if (at.version)
        name.part(*at.version);
    if (at.updated)
        name.time(*at.updated);
    return name.id();
}

fact_name& name_run(fact_name& name, std::string_view uuid, std::optional<std::uint64_t> run_number,
                    std::string_view phase)
{
    name.part(uuid);
    if (run_number.value_or(1) > 1)
        name.part(*run_number);
    return name.part(phase);
}

}  // namespace

counted_fact facts::ref(std::string_view full_name, std::string_view old_hash, std::string_view new_hash)
{
    return counted_fact(in_repository("ref").part(full_name).part(old_hash).part(new_hash));
}

uuid facts::commit(std::string_view hash)
{
    return in_repository("commit").part(hash).id();
}

uuid facts::commit_comment_created(std::string_view comment)
{
    return in_repository("commit.comment.created").part(comment).id();
}

uuid facts::commit_comment_updated(std::string_view comment, revision const& at)
{
    return id_at(in_repository("commit.comment.updated").part(comment), at);
}

uuid facts::commit_comment_deleted(std::string_view comment)
{
    return in_repository("commit.comment.deleted").part(comment).id();
}

uuid facts::pull_request_opened(std::uint64_t id)
{
    return in_pull_request("pr.opened", id).id();
}

uuid facts::pull_request_merged(std::uint64_t id)
{
    return in_pull_request("pr.merged", id).id();
}

uuid facts::pull_request_superseded(std::uint64_t id)
{
    return in_pull_request("pr.superseded", id).id();
}

uuid facts::pull_request_deleted(std::uint64_t id)
{
    return in_pull_request("pr.deleted", id).id();
}

uuid facts::pull_request_declined(std::uint64_t id, micros closed)
{
    return in_pull_request("pr.declined", id).time(closed).id();
}

counted_fact facts::pull_request_declined(std::uint64_t id)
{
    return counted_fact(in_pull_request("pr.declined", id));
}

counted_fact facts::pull_request_reopened(std::uint64_t id)
{
    return counted_fact(in_pull_request("pr.reopened", id));
}

uuid facts::pull_request_updated(std::uint64_t id, revision const& at)
{
    return id_at(in_pull_request("pr.updated", id), at);
}

uuid facts::reviewers_updated(std::uint64_t id, revision const& at)
{
    return id_at(in_pull_request("pr.reviewers", id), at);
}

counted_fact facts::source_updated(std::uint64_t id, std::string_view new_hash)
{
    return counted_fact(in_pull_request("pr.source", id).part(sha12(new_hash)));
}

counted_fact facts::target_updated(std::uint64_t id, std::string_view full_ref, std::string_view new_hash)
{
    return counted_fact(in_pull_request("pr.target", id).part(full_ref).part(sha12(new_hash)));
}

uuid facts::reviewed(std::uint64_t id, std::string_view user, std::string_view verdict, micros at)
{
    return in_pull_request("pr.review", id).part(user).part(verdict).time(at).id();
}

counted_fact facts::reviewed(std::uint64_t id, std::string_view user, std::string_view verdict)
{
    return counted_fact(in_pull_request("pr.review", id).part(user).part(verdict));
}

uuid facts::pull_request_comment_created(std::uint64_t id, std::string_view comment)
{
    return in_pull_request("pr.comment.created", id).part(comment).id();
}

uuid facts::pull_request_comment_updated(std::uint64_t id, std::string_view comment, revision const& at)
{
    return id_at(in_pull_request("pr.comment.updated", id).part(comment), at);
}

uuid facts::pull_request_comment_deleted(std::uint64_t id, std::string_view comment)
{
    return in_pull_request("pr.comment.deleted", id).part(comment).id();
}

counted_fact facts::comment_resolved(std::uint64_t id, std::string_view comment)
{
    return counted_fact(in_pull_request("pr.comment.resolved", id).part(comment));
}

counted_fact facts::comment_reopened(std::uint64_t id, std::string_view comment)
{
    return counted_fact(in_pull_request("pr.comment.reopened", id).part(comment));
}

uuid facts::pull_request_enriched(std::uint64_t id, std::string_view kind, std::string_view source_hash)
{
    return in_pull_request("pr.enriched", id).part(kind).part(sha12(source_hash)).id();
}

uuid facts::build_status(std::string_view hash, std::string_view key, std::string_view source_state, micros updated)
{
    return in_repository("build.status").part(sha12(hash)).part(key).part(source_state).time(updated).id();
}

counted_fact facts::pipeline_run(std::string_view uuid, std::optional<std::uint64_t> run_number, std::string_view phase)
{
    return counted_fact(name_run(in_repository("pipeline.run"), uuid, run_number, phase));
}

counted_fact facts::pipeline_step(std::string_view uuid, std::optional<std::uint64_t> run_number,
                                  std::string_view phase)
{
    return counted_fact(name_run(in_repository("pipeline.step"), uuid, run_number, phase));
}

uuid facts::deployment(std::string_view uuid, std::string_view phase)
{
    return in_repository("deployment").part(uuid).part(phase).id();
}

uuid facts::deployment(std::string_view environment, std::uint64_t number, std::string_view key, std::string_view phase)
{
    return in_repository("deployment").part(environment).part(number).part(key).part(phase).id();
}

uuid facts::issue_created(std::uint64_t id)
{
    return in_repository("issue.created").part(id).id();
}

uuid facts::issue_updated(std::uint64_t id, micros updated)
{
    return in_repository("issue.updated").part(id).time(updated).id();
}

uuid facts::issue_comment_created(std::uint64_t id, std::string_view comment)
{
    return in_repository("issue.comment.created").part(id).part(comment).id();
}

uuid facts::repository_created()
{
    return in_repository("repo.created").id();
}

uuid facts::repository_imported()
{
    return in_repository("repo.imported").id();
}

uuid facts::repository_deleted()
{
    return in_repository("repo.deleted").id();
}

uuid facts::repository_forked()
{
    return in_repository("repo.forked").id();
}

counted_fact facts::repository_updated(field_changes changes)
{
    return counted_fact(in_repository("repo.updated").part(changes_digest(changes)));
}

uuid facts::repository_updated(field_changes changes, micros updated)
{
    return in_repository("repo.updated").part(changes_digest(changes)).time(updated).id();
}

counted_fact facts::repository_transferred(field_changes changes)
{
    return counted_fact(in_repository("repo.transferred").part(changes_digest(changes)));
}

counted_fact facts::project_updated(field_changes changes)
{
    return counted_fact(in_repository("project.updated").part(changes_digest(changes)));
}

uuid facts::project_updated(field_changes changes, micros updated)
{
    return in_repository("project.updated").part(changes_digest(changes)).time(updated).id();
}

uuid facts::secret_detected(std::string_view hash, std::string_view path, std::uint64_t line, std::string_view rule)
{
    return in_repository("secret").part(hash).part(path).part(line).part(rule).id();
}

counted_fact facts::mirror_synchronized(std::string_view mirror, std::string_view full_ref, std::string_view from,
                                        std::string_view to)
{
    return counted_fact(
        name_.begin("mirror.synced", instance_).part(mirror).part(repository_).part(full_ref).part(from).part(to));
}

uuid facts::mirror_ref_limit_exceeded(std::string_view mirror, micros at)
{
    return name_.begin("mirror.synced", instance_).part(mirror).part(repository_).part("-").time(at).id();
}

counted_fact facts::snapshot(std::string_view entity, std::string_view id, std::string_view revision)
{
    return counted_fact(name_.begin("snapshot.", entity, instance_).part(repository_).part(id).part(revision));
}

counted_fact facts::gap(std::string_view full_ref, std::string_view known, std::string_view old_hash,
                        std::string_view new_hash, std::string_view reason)
{
    return counted_fact(in_repository("gap").part(full_ref).part(known).part(old_hash).part(new_hash).part(reason));
}

uuid backfill_started_fact(fact_name& name, std::string_view instance, std::string_view scope,
                           std::string_view repository, std::uint64_t run)
{
    return name.begin("backfill.started", instance).part(scope).part(repository).part(run).id();
}

uuid backfill_finished_fact(fact_name& name, std::string_view instance, std::string_view scope,
                            std::string_view repository, std::uint64_t run)
{
    return name.begin("backfill.finished", instance).part(scope).part(repository).part(run).id();
}

uuid unknown_fact(fact_name& name, std::string_view instance, std::string_view delivery, std::string_view body_sha256,
                  std::string_view position)
{
    return name.begin("unknown", instance).part(delivery).part(body_sha256).part(position).id();
}

uuid delivery_fact(fact_name& name, std::string_view instance, std::string_view delivery, std::string_view body_sha256)
{
    return name.begin("delivery", instance).part(delivery).part(body_sha256).id();
}

}  // namespace bbstream::event
