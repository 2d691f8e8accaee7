#include "event/pull_request_json.hpp"

namespace bbstream::event {

namespace {

pull_request_side identifiers(pull_request_side const& whole)
{
    pull_request_side only;
    only.ref = whole.ref;
    only.head = whole.head;
    return only;
}

pull_request identifiers(pull_request const& whole)
{
    pull_request only;
    only.id = whole.id;
    only.description_truncated = whole.description || whole.description_truncated;
    only.state = whole.state;
    only.source_state = whole.source_state;
    only.source = identifiers(whole.source);
    only.target = identifiers(whole.target);
    only.merge_commit = whole.merge_commit;
    only.updated_at = whole.updated_at;
    only.version = whole.version;
    return only;
}

void write_side(object_writer& to, pull_request_side const& what)
{
    to.begin_object();
    to.name<"repository">();
    if (what.repository)
        write_repository(to, *what.repository);
    else
        to.out() += "null";
    to.text<"branch">(what.branch);
    to.text<"ref">(what.ref);
    write_hash<"sha", "shortSha">(to, what.head);
    to.end_object();
}

void write_participant(object_writer& to, participant const& who)
{
    to.begin_object();
    to.name<"actor">();
    write_actor(to, address_of(who.actor));
    to.text<"role">(who.role);
    to.text<"verdict">(who.verdict);
    to.time<"at">(who.at);
    to.text<"lastReviewedSha">(who.last_reviewed_sha);
    to.end_object();
}

void write_participants(data_writer& into, std::span<participant const> all, std::string_view pointer)
{
    auto& to = into.to();
    std::size_t const shown = participants_shown(into.how(), all.size());
    to.begin_array();
    for (auto const& who : all.first(shown)) {
        to.element();
        write_participant(to, who);
    }
    to.end_array();
    if (shown < all.size())
        into.cut(pointer);
}

void write_people(data_writer& into, pull_request const& what)
{
    auto& to = into.to();
    to.name<"author">();
    write_actor(to, address_of(what.author));
    to.name<"source">();
    write_side(to, what.source);
    to.name<"target">();
    write_side(to, what.target);
    to.name<"reviewers">();
    write_participants(into, what.reviewers, "/pullRequest/reviewers");
    to.name<"participants">();
    write_participants(into, what.participants, "/pullRequest/participants");
}

void write_end(object_writer& to, pull_request const& what)
{
    write_hash<"mergeCommitSha", "mergeCommitShortSha">(to, what.merge_commit);
    to.text<"mergeStrategy">(what.merge_strategy);
    to.name<"closedBy">();
    write_actor(to, address_of(what.closed_by));
    to.time<"closedAt">(what.closed_at);
    to.text<"declineReason">(what.decline_reason);
    to.boolean<"closeSourceBranch">(what.close_source_branch);
    to.number<"commentCount">(what.comment_count);
    to.number<"taskCount">(what.task_count);
    to.time<"createdAt">(what.created_at);
    to.time<"updatedAt">(what.updated_at);
    to.number<"version">(what.version);
    to.text<"url">(what.url);
}

}  // namespace

void write_pull_request(data_writer& into, pull_request const& what)
{
    auto& to = into.to();
    auto const shown = into.bare() ? identifiers(what) : what;
    to.name<"pullRequest">();
    to.begin_object();
    to.number<"id">(shown.id);
    to.text<"title">(shown.title);
    bool const cut = write_long_text<"description", "descriptionTruncated">(
        to, shown.description, shown.description_truncated, text_bytes_shown(into.how()));
    if (cut && !into.bare())
        into.cut("/pullRequest/description");
    to.text<"state">(shown.state);
    to.text<"sourceState">(shown.source_state);
    to.boolean<"draft">(shown.draft);
    to.boolean<"locked">(shown.locked);
    write_people(into, shown);
    write_end(to, shown);
    to.end_object();
    if (into.bare())
        into.cut("/pullRequest");
}

bool shortens_pull_request(trim step, pull_request const& what)
{
    if (step == trim::long_texts)
        return what.description && what.description->size() > text_bytes_trimmed;
    return step == trim::most_participants &&
           (what.reviewers.size() > participants_trimmed || what.participants.size() > participants_trimmed);
}

}  // namespace bbstream::event
