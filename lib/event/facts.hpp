// What each fact is called, and so its id: the parts of the specification's table of ids, one function a fact.
//
// Hashes and ids are given as ids take them: UUIDs lower case without braces, full ref names, absent sides as zeros.
#pragma once

#include "base/time.hpp"
#include "event/event_id.hpp"
#include "event/field_change.hpp"

#include <optional>

namespace bbstream::event {

// A fact that may happen again: its id says which occurrence it is. The first, 0, stands for the fact where
// occurrences are counted.
class counted_fact {
   public:
    explicit counted_fact(fact_name& name) : name_(name), length_(name.text().size()) {}

    uuid id(std::uint32_t occurrence)
    {
        name_.cut(length_);
        return name_.part(std::uint64_t(occurrence)).id();
    }

   private:
    fact_name& name_;
    std::size_t length_;
};

// What tells two versions of an entity apart: Cloud's `updated_on`, Data Center's `version`, or both.
struct revision {
    std::optional<std::uint64_t> version;
    std::optional<micros> updated;
};

// Begins the names of the facts of one repository (or project, for those of projects), in memory that is used again.
// A counted_fact is valid until the next name.
class facts {
   public:
    facts(fact_name& name, std::string_view instance, std::string_view repository)
        : name_(name), instance_(instance), repository_(repository)
    {
    }

    counted_fact ref(std::string_view full_name, std::string_view old_hash, std::string_view new_hash);
    uuid commit(std::string_view hash);
    uuid commit_comment_created(std::string_view comment);
    uuid commit_comment_updated(std::string_view comment, revision const& at);
    uuid commit_comment_deleted(std::string_view comment);

    uuid pull_request_opened(std::uint64_t id);
    uuid pull_request_merged(std::uint64_t id);
    uuid pull_request_superseded(std::uint64_t id);
    uuid pull_request_deleted(std::uint64_t id);
    uuid pull_request_declined(std::uint64_t id, micros closed);  // Data Center
    counted_fact pull_request_declined(std::uint64_t id);         // Cloud
    counted_fact pull_request_reopened(std::uint64_t id);
    uuid pull_request_updated(std::uint64_t id, revision const& at);
    uuid reviewers_updated(std::uint64_t id, revision const& at);
    counted_fact source_updated(std::uint64_t id, std::string_view new_hash);
    counted_fact target_updated(std::uint64_t id, std::string_view full_ref, std::string_view new_hash);
    uuid reviewed(std::uint64_t id, std::string_view user, std::string_view verdict, micros at);  // Cloud
    counted_fact reviewed(std::uint64_t id, std::string_view user, std::string_view verdict);     // Data Center
    uuid pull_request_comment_created(std::uint64_t id, std::string_view comment);
    uuid pull_request_comment_updated(std::uint64_t id, std::string_view comment, revision const& at);
    uuid pull_request_comment_deleted(std::uint64_t id, std::string_view comment);
    counted_fact comment_resolved(std::uint64_t id, std::string_view comment);
    counted_fact comment_reopened(std::uint64_t id, std::string_view comment);
    uuid pull_request_enriched(std::uint64_t id, std::string_view kind, std::string_view source_hash);

    uuid build_status(std::string_view hash, std::string_view key, std::string_view source_state, micros updated);
    // `phase`: queued, started, finished. The run number is a part beyond the first.
    counted_fact pipeline_run(std::string_view uuid, std::optional<std::uint64_t> run_number, std::string_view phase);
    counted_fact pipeline_step(std::string_view uuid, std::optional<std::uint64_t> run_number, std::string_view phase);
    uuid deployment(std::string_view uuid, std::string_view phase);  // Cloud
    uuid deployment(std::string_view environment, std::uint64_t number, std::string_view key,
                    std::string_view phase);  // Data Center

    uuid issue_created(std::uint64_t id);
    uuid issue_updated(std::uint64_t id, micros updated);
    uuid issue_comment_created(std::uint64_t id, std::string_view comment);

    uuid repository_created();
    uuid repository_imported();
    uuid repository_deleted();
    uuid repository_forked();  // of the fork
    // Cloud tells when (`changes.updated_on`), which stands for the occurrence then.
    counted_fact repository_updated(field_changes changes);
    uuid repository_updated(field_changes changes, micros updated);
    counted_fact repository_transferred(field_changes changes);
    counted_fact project_updated(field_changes changes);
    uuid project_updated(field_changes changes, micros updated);

    uuid secret_detected(std::string_view hash, std::string_view path, std::uint64_t line, std::string_view rule);
    counted_fact mirror_synchronized(std::string_view mirror, std::string_view full_ref, std::string_view from,
                                     std::string_view to);
    uuid mirror_ref_limit_exceeded(std::string_view mirror, micros at);

    // `entity` is ref, repository, pullrequest, issue or project; `revision` a digest of the data.
    counted_fact snapshot(std::string_view entity, std::string_view id, std::string_view revision);

    counted_fact gap(std::string_view full_ref, std::string_view known, std::string_view old_hash,
                     std::string_view new_hash, std::string_view reason);

   private:
    fact_name& in_repository(std::string_view fact) { return name_.begin(fact, instance_).part(repository_); }
    fact_name& in_pull_request(std::string_view fact, std::uint64_t id) { return in_repository(fact).part(id); }

    fact_name& name_;
    std::string_view instance_;
    std::string_view repository_;
};

// `repository` is - where all are looked at; `run` the sequence of the record that opened the run.
uuid backfill_started_fact(fact_name& name, std::string_view instance, std::string_view scope,
                           std::string_view repository, std::uint64_t run);
uuid backfill_finished_fact(fact_name& name, std::string_view instance, std::string_view scope,
                            std::string_view repository, std::uint64_t run);

// `delivery` is its id, or -; `position` is - for the whole body, else the place of the part: changes/2.
uuid unknown_fact(fact_name& name, std::string_view instance, std::string_view delivery, std::string_view body_sha256,
                  std::string_view position);
uuid delivery_fact(fact_name& name, std::string_view instance, std::string_view delivery, std::string_view body_sha256);

}  // namespace bbstream::event
