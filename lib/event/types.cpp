#include "event/types.hpp"

#include <algorithm>
#include <array>

namespace bbstream::event {

namespace {

// A text that can be a template's argument, and be put together by the compiler.
template <std::size_t Size>
struct literal {
    char text[Size]{};

    consteval literal() = default;
    consteval literal(char const (&from)[Size])  // NOLINT(google-explicit-constructor): it is written as a literal
    {
        std::copy_n(from, Size, text);
    }
    constexpr std::string_view view() const { return {text, Size - 1}; }
};

template <std::size_t... Sizes>
consteval auto joined(literal<Sizes> const&... parts)
{
    literal<(Sizes + ...) - sizeof...(Sizes) + 1> whole;
    char* to = whole.text;
    ((to = std::copy(parts.view().begin(), parts.view().end(), to)), ...);
    return whole;
}

template <literal Name>
struct texts {
    static constexpr auto cloudevents_type = joined(literal("dev.bbstream."), Name, literal(".v1"));
    static constexpr auto schema = joined(literal("https://bbstream.dev/schemas/"), Name, literal("/1.0.json"));
};

struct row {
    bbstream::event::type type;
    type_entry entry;
};

template <literal Name>
constexpr type_entry entry(topic where)
{
    return {texts<Name>::schema.view().substr(sizeof "https://bbstream.dev/schemas/" - 1, Name.view().size()),
            texts<Name>::cloudevents_type.view(), texts<Name>::schema.view(), where};
}

constexpr std::array<row, type_count_all> table = {{
    {type::repository_created, entry<"repository.created">(topic::repository)},
    {type::repository_imported, entry<"repository.imported">(topic::repository)},
    {type::repository_forked, entry<"repository.forked">(topic::repository)},
    {type::repository_updated, entry<"repository.updated">(topic::repository)},
    {type::repository_transferred, entry<"repository.transferred">(topic::repository)},
    {type::repository_deleted, entry<"repository.deleted">(topic::repository)},
    {type::repository_snapshot, entry<"repository.snapshot">(topic::repository)},
    {type::ref_created, entry<"ref.created">(topic::repository)},
    {type::ref_updated, entry<"ref.updated">(topic::repository)},
    {type::ref_deleted, entry<"ref.deleted">(topic::repository)},
    {type::ref_snapshot, entry<"ref.snapshot">(topic::repository)},
    {type::mirror_synchronized, entry<"mirror.synchronized">(topic::repository)},
    {type::commit_added, entry<"commit.added">(topic::commit)},
    {type::commit_comment_created, entry<"commit.comment_created">(topic::commit)},
    {type::commit_comment_updated, entry<"commit.comment_updated">(topic::commit)},
    {type::commit_comment_deleted, entry<"commit.comment_deleted">(topic::commit)},
    {type::pullrequest_opened, entry<"pullrequest.opened">(topic::pullrequest)},
    {type::pullrequest_updated, entry<"pullrequest.updated">(topic::pullrequest)},
    {type::pullrequest_source_updated, entry<"pullrequest.source_updated">(topic::pullrequest)},
    {type::pullrequest_target_updated, entry<"pullrequest.target_updated">(topic::pullrequest)},
    {type::pullrequest_reviewers_updated, entry<"pullrequest.reviewers_updated">(topic::pullrequest)},
    {type::pullrequest_reviewed, entry<"pullrequest.reviewed">(topic::pullrequest)},
    {type::pullrequest_merged, entry<"pullrequest.merged">(topic::pullrequest)},
    {type::pullrequest_declined, entry<"pullrequest.declined">(topic::pullrequest)},
    {type::pullrequest_superseded, entry<"pullrequest.superseded">(topic::pullrequest)},
    {type::pullrequest_reopened, entry<"pullrequest.reopened">(topic::pullrequest)},
    {type::pullrequest_deleted, entry<"pullrequest.deleted">(topic::pullrequest)},
    {type::pullrequest_snapshot, entry<"pullrequest.snapshot">(topic::pullrequest)},
    {type::pullrequest_enriched, entry<"pullrequest.enriched">(topic::pullrequest)},
    {type::pullrequest_comment_created, entry<"pullrequest.comment_created">(topic::pullrequest)},
    {type::pullrequest_comment_updated, entry<"pullrequest.comment_updated">(topic::pullrequest)},
    {type::pullrequest_comment_deleted, entry<"pullrequest.comment_deleted">(topic::pullrequest)},
    {type::pullrequest_comment_resolved, entry<"pullrequest.comment_resolved">(topic::pullrequest)},
    {type::pullrequest_comment_reopened, entry<"pullrequest.comment_reopened">(topic::pullrequest)},
    {type::buildstatus_reported, entry<"buildstatus.reported">(topic::build)},
    {type::pipelinerun_queued, entry<"pipelinerun.queued">(topic::build)},
    {type::pipelinerun_started, entry<"pipelinerun.started">(topic::build)},
    {type::pipelinerun_finished, entry<"pipelinerun.finished">(topic::build)},
    {type::taskrun_finished, entry<"taskrun.finished">(topic::build)},
    {type::deployment_started, entry<"deployment.started">(topic::build)},
    {type::deployment_finished, entry<"deployment.finished">(topic::build)},
    {type::issue_created, entry<"issue.created">(topic::issue)},
    {type::issue_updated, entry<"issue.updated">(topic::issue)},
    {type::issue_comment_created, entry<"issue.comment_created">(topic::issue)},
    {type::issue_snapshot, entry<"issue.snapshot">(topic::issue)},
    {type::project_updated, entry<"project.updated">(topic::project)},
    {type::project_snapshot, entry<"project.snapshot">(topic::project)},
    {type::secret_detected, entry<"secret.detected">(topic::security)},
    {type::unknown_received, entry<"unknown.received">(topic::unknown)},
    {type::system_gap_detected, entry<"system.gap_detected">(topic::system)},
    {type::system_backfill_started, entry<"system.backfill_started">(topic::system)},
    {type::system_backfill_finished, entry<"system.backfill_finished">(topic::system)},
    {type::dead_letter, {{}, {}, {}, topic::dlq}},
    {type::delivery_received, {"delivery.received", "dev.bbstream.delivery.received.v1", {}, topic::otlpspans}},
}};

consteval bool is_in_order()
{
    for (std::size_t at = 0; at < table.size(); ++at)
        if (table[at].type != static_cast<type>(at))
            return false;
    return true;
}
static_assert(is_in_order(), "a type's row is found by its number");

}  // namespace

type_entry const& type_of(type which)
{
    return table[static_cast<std::size_t>(which)].entry;
}

topic topic_of(type which)
{
    return type_of(which).topic;
}

}  // namespace bbstream::event
