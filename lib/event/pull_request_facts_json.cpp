// pullrequest.*
#include "event/comment_json.hpp"
#include "event/field_change_json.hpp"
#include "event/pull_request_json.hpp"

namespace bbstream::event {

namespace {

using actors = std::optional<std::span<actor const>>;

void write_reviewers(data_writer& into, actors const& who, std::string_view pointer)
{
    auto& to = into.to();
    if (!who) {
        to.out() += "null";
        return;
    }
    std::size_t const shown = into.bare() ? 0 : participants_shown(into.how(), who->size());
    write_actors(to, who->first(shown));
    if (shown < who->size())
        into.cut(pointer);
}

bool is_long(actors const& who)
{
    return who && who->size() > participants_trimmed;
}

void write_merged_commits(data_writer& into, std::optional<merged_commits> const& what)
{
    auto& to = into.to();
    to.name<"commitShas">();
    if (!what) {
        to.out() += "null";
        to.boolean<"commitShasComplete">(false);
        return;
    }
    std::size_t const shown = commits_shown(into.how(), what->shas.size());
    write_texts(to, what->shas.first(shown));
    to.boolean<"commitShasComplete">(what->complete && shown == what->shas.size());
    if (shown < what->shas.size())
        into.cut("/commitShas");
}

bool shortens_commits(trim step, std::optional<merged_commits> const& what)
{
    std::size_t const listed = what ? what->shas.size() : 0;
    return (step == trim::most_commits && listed > commits_trimmed) || (step == trim::all_commits && listed > 0);
}

}  // namespace

void write(data_writer& into, pull_request_fact const& what)
{
    write_pull_request(into, *what.pull_request);
}

void write(data_writer& into, pull_request_updated const& what)
{
    write_pull_request(into, *what.pull_request);
    write_changes(into, what.changes);
}

void write(data_writer& into, pull_request_source_updated const& what)
{
    write_pull_request(into, *what.pull_request);
    write_hash<"previousSha", "previousShortSha">(into.to(), what.before);
    write_hash<"newSha", "newShortSha">(into.to(), what.after);
}

void write(data_writer& into, pull_request_target_updated const& what)
{
    write_pull_request(into, *what.pull_request);
    into.to().text<"previousRef">(what.ref_before);
    into.to().text<"newRef">(what.ref_after);
    write_hash<"previousSha", "previousShortSha">(into.to(), what.before);
    write_hash<"newSha", "newShortSha">(into.to(), what.after);
}

void write(data_writer& into, pull_request_reviewers_updated const& what)
{
    write_pull_request(into, *what.pull_request);
    into.to().name<"added">();
    write_reviewers(into, what.added, "/added");
    into.to().name<"removed">();
    write_reviewers(into, what.removed, "/removed");
}

void write(data_writer& into, pull_request_reviewed const& what)
{
    write_pull_request(into, *what.pull_request);
    auto& to = into.to();
    actor only_id;
    only_id.id = what.reviewer ? what.reviewer->id : text();
    to.name<"reviewer">();
    write_actor(to, into.bare() ? &only_id : what.reviewer);
    if (into.bare())
        into.cut("/reviewer");
    to.text<"verdict">(what.verdict);
    to.text<"previousVerdict">(what.previous_verdict);
    to.text<"reviewedSha">(what.reviewed_sha);
    to.time<"at">(what.at);
}

void write(data_writer& into, pull_request_merged const& what)
{
    write_pull_request(into, *what.pull_request);
    write_merged_commits(into, what.commits);
}

void write(data_writer& into, pull_request_enriched const& what)
{
    auto& to = into.to();
    to.number<"pullRequestId">(what.id);
    to.text<"kind">(what.kind);
    write_hash<"sourceSha", "sourceShortSha">(to, what.source);
    write_hash<"targetSha", "targetShortSha">(to, what.target);
    write_hash<"mergeCommitSha", "mergeCommitShortSha">(to, what.merge_commit);
    write_merged_commits(into, what.commits);
}

void write(data_writer& into, pull_request_comment const& what)
{
    write_pull_request(into, *what.pull_request);
    write_comment(into, what.comment);
}

bool shortens(trim step, pull_request_fact const& what)
{
    return shortens_pull_request(step, *what.pull_request);
}

bool shortens(trim step, pull_request_updated const& what)
{
    return shortens_pull_request(step, *what.pull_request) || shortens_changes(step, what.changes);
}

bool shortens(trim step, pull_request_source_updated const& what)
{
    return shortens_pull_request(step, *what.pull_request);
}

bool shortens(trim step, pull_request_target_updated const& what)
{
    return shortens_pull_request(step, *what.pull_request);
}

bool shortens(trim step, pull_request_reviewers_updated const& what)
{
    bool const listed = is_long(what.added) || is_long(what.removed);
    return shortens_pull_request(step, *what.pull_request) || (step == trim::most_participants && listed);
}

bool shortens(trim step, pull_request_reviewed const& what)
{
    return shortens_pull_request(step, *what.pull_request);
}

bool shortens(trim step, pull_request_merged const& what)
{
    return shortens_pull_request(step, *what.pull_request) || shortens_commits(step, what.commits);
}

bool shortens(trim step, pull_request_enriched const& what)
{
    return shortens_commits(step, what.commits);
}

bool shortens(trim step, pull_request_comment const& what)
{
    return step == trim::long_texts || shortens_pull_request(step, *what.pull_request);
}

}  // namespace bbstream::event
