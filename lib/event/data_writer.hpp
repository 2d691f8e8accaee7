// What the families of events share when they write their `data`: how it begins, how it ends, what was cut.
#pragma once

#include "event/event.hpp"
#include "event/object_json.hpp"
#include "event/trim.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace bbstream::event {

class data_writer {
   public:
    data_writer(std::string& out, event const& of, trim how, privacy const& rules) : to_(out, rules), of_(of), how_(how)
    {
    }

    object_writer& to() { return to_; }
    event const& of() const { return of_; }
    trim how() const { return how_; }
    bool bare() const { return how_ == trim::all_but_ids; }

    // {"repository":...,"actor":... (or "project" where that is what the event is about)
    void begin();
    // ...,"enrichment":...,"raw":...,"truncated":[...]}
    void end();

    // Remembers what is shorter than it was, as a JSON pointer (RFC 6901) that needs no escaping.
    void cut(std::initializer_list<std::string_view> pointer);
    void cut(std::string_view pointer) { cut({pointer}); }

   private:
    void write_subject();
    void write_repository_or_id();

    object_writer to_;
    event const& of_;
    trim how_;
    std::string truncated_;
};

// The members that are its own, of each alternative of event_data but dead_letter and otlp_spans.
void write(data_writer& into, ref_change const& what);
void write(data_writer& into, ref_snapshot const& what);
void write(data_writer& into, commit_added const& what);
void write(data_writer& into, unknown_received const& what);
void write(data_writer& into, mirror_synchronized const& what);
void write(data_writer& into, repository_fact const& what);
void write(data_writer& into, commit_comment const& what);
void write(data_writer& into, pull_request_fact const& what);
void write(data_writer& into, pull_request_updated const& what);
void write(data_writer& into, pull_request_source_updated const& what);
void write(data_writer& into, pull_request_target_updated const& what);
void write(data_writer& into, pull_request_reviewers_updated const& what);
void write(data_writer& into, pull_request_reviewed const& what);
void write(data_writer& into, pull_request_merged const& what);
void write(data_writer& into, pull_request_enriched const& what);
void write(data_writer& into, pull_request_comment const& what);
void write(data_writer& into, build_status_reported const& what);
void write(data_writer& into, pipeline_run_fact const& what);
void write(data_writer& into, task_run_finished const& what);
void write(data_writer& into, deployment_fact const& what);
void write(data_writer& into, issue_fact const& what);
void write(data_writer& into, issue_updated const& what);
void write(data_writer& into, issue_comment_created const& what);
void write(data_writer& into, project_fact const& what);
void write(data_writer& into, secret_detected const& what);
void write(data_writer& into, gap_detected const& what);
void write(data_writer& into, backfill_started const& what);
void write(data_writer& into, backfill_finished const& what);

// Whether this step of trimming may take something away from it, beside the last, which does so from all.
template <class Data>
bool shortens(trim, Data const&)
{
    return false;
}
bool shortens(trim step, ref_change const& what);
bool shortens(trim step, ref_snapshot const& what);
bool shortens(trim step, commit_added const& what);
bool shortens(trim step, repository_fact const& what);
bool shortens(trim step, project_fact const& what);
bool shortens(trim step, commit_comment const& what);
bool shortens(trim step, pull_request_fact const& what);
bool shortens(trim step, pull_request_updated const& what);
bool shortens(trim step, pull_request_source_updated const& what);
bool shortens(trim step, pull_request_target_updated const& what);
bool shortens(trim step, pull_request_reviewers_updated const& what);
bool shortens(trim step, pull_request_reviewed const& what);
bool shortens(trim step, pull_request_merged const& what);
bool shortens(trim step, pull_request_enriched const& what);
bool shortens(trim step, pull_request_comment const& what);
bool shortens(trim step, issue_fact const& what);
bool shortens(trim step, issue_updated const& what);
bool shortens(trim step, issue_comment_created const& what);

}  // namespace bbstream::event
