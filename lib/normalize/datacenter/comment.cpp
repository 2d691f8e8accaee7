#include "normalize/datacenter/comment.hpp"

#include "event/object_json.hpp"
#include "normalize/datacenter/entities.hpp"
#include "normalize/hash.hpp"
#include "normalize/identity.hpp"
#include "normalize/words.hpp"

namespace bbstream::normalize::datacenter {

namespace {

constexpr word states[] = {{"OPEN", "open"}, {"PENDING", "pending"}, {"RESOLVED", "resolved"}};
constexpr word severities[] = {{"NORMAL", "normal"}, {"BLOCKER", "blocker"}};
constexpr word sides[] = {{"FROM", "old"}, {"TO", "new"}};

// A comment is resolved by itself (a task), or with its thread. Older versions know neither.
std::string_view state_of(object const& from)
{
    auto const thread = bool_member(from, "threadResolved");
    if (thread.value_or(false))
        return "resolved";
    if (auto const own = text_member(from, "state"))
        return translate(states, *own);
    return thread ? "open" : "unknown";
}

void read_resolution(object const& from, arena& memory, event::comment& into)
{
    auto resolver = object_member(from, "threadResolver");
    if (!resolver)
        resolver = object_member(from, "resolver");
    if (resolver)
        into.resolved_by = read_user(*resolver, memory);
    into.resolved_at = time_member(from, "threadResolvedDate");
    if (!into.resolved_at)
        into.resolved_at = time_member(from, "resolvedDate");
}

void read_texts(object const& from, object const& body, event::comment& into)
{
    auto const now = event::cut_utf8(text_member(from, "text"), event::comment_bytes_max);
    into.body = now.shown;
    into.body_truncated = now.cut;
    auto const before = event::cut_utf8(text_member(body, "previousComment"), event::comment_bytes_max);
    into.previous_body = before.shown;
    into.previous_body_truncated = before.cut;
}

// As REST has it; the documented webhooks have none.
std::optional<event::comment_anchor> read_anchor(object const& comment, arena& memory)
{
    auto const from = object_member(comment, "anchor");
    if (!from)
        return std::nullopt;
    event::comment_anchor anchor;
    anchor.path = filled_member(*from, "path");
    anchor.line = number_member(*from, "line");
    if (auto const side = text_member(*from, "fileType"))
        anchor.side = translate(sides, *side);
    if (auto const lines = object_member(*from, "multilineMarker"))
        anchor.from_line = number_member(*lines, "startLine");
    anchor.from_sha = hash_member(*from, "fromHash", memory).sha;
    anchor.to_sha = hash_member(*from, "toHash", memory).sha;
    return anchor;
}

}  // namespace

bool is_resolved(event::comment const& of, object const& from)
{
    return of.parent_id ? text_member(from, "state") == "RESOLVED" : of.state == "resolved";
}

event::comment const* read_comment(object const& body, arena& memory)
{
    auto const from = object_member(body, "comment");
    auto const id = from ? bounded_id(*from, "id", memory) : std::nullopt;
    if (!id)
        return nullptr;
    event::comment of;
    of.id = *id;
    of.parent_id = bounded_id(body, "commentParentId", memory);
    read_texts(*from, body, of);
    if (auto const author = object_member(*from, "author"))
        of.author = read_user(*author, memory);
    of.state = state_of(*from);
    if (auto const severity = text_member(*from, "severity"))
        of.severity = translate(severities, *severity);
    of.anchor = read_anchor(*from, memory);
    of.created_at = time_member(*from, "createdDate");
    of.updated_at = time_member(*from, "updatedDate");
    of.version = number_member(*from, "version");
    read_resolution(*from, memory, of);
    of.url = link_member(*from, "self");
    return memory.keep(of);
}

}  // namespace bbstream::normalize::datacenter
