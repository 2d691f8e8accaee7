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

void read_text(object const& from, event::comment& into)
{
    auto const now = event::cut_utf8(text_member(from, "text"), event::comment_bytes_max);
    into.body = now.shown;
    into.body_truncated = now.cut;
}

void read_previous_text(object const& body, event::comment& into)
{
    auto const before = event::cut_utf8(text_member(body, "previousComment"), event::comment_bytes_max);
    into.previous_body = before.shown;
    into.previous_body_truncated = before.cut;
}

// As REST has it; the documented webhooks have none.
std::optional<event::comment_anchor> read_anchor(std::optional<object> const& from, arena& memory)
{
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

std::optional<event::comment> read_itself(object const& from, arena& memory)
{
    auto const id = bounded_id(from, "id", memory);
    if (!id)
        return std::nullopt;
    event::comment of;
    of.id = *id;
    read_text(from, of);
    if (auto const author = object_member(from, "author"))
        of.author = read_user(*author, memory);
    of.state = state_of(from);
    if (auto const severity = text_member(from, "severity"))
        of.severity = translate(severities, *severity);
    of.anchor = read_anchor(object_member(from, "anchor"), memory);
    of.created_at = time_member(from, "createdDate");
    of.updated_at = time_member(from, "updatedDate");
    of.version = number_member(from, "version");
    read_resolution(from, memory, of);
    of.url = link_member(from, "self");
    return of;
}

}  // namespace

bool is_resolved(event::comment const& of, object const& from)
{
    return of.parent_id ? text_member(from, "state") == "RESOLVED" : of.state == "resolved";
}

event::comment const* read_comment(object const& body, arena& memory)
{
    auto const from = object_member(body, "comment");
    auto of = from ? read_itself(*from, memory) : std::nullopt;
    if (!of)
        return nullptr;
    of->parent_id = bounded_id(body, "commentParentId", memory);
    read_previous_text(body, *of);
    if (!of->anchor)
        of->anchor = read_anchor(object_member(body, "commentAnchor"), memory);
    return memory.keep(*of);
}

event::comment const* read_reply(object const& from, std::string_view parent, arena& memory)
{
    auto of = read_itself(from, memory);
    if (!of)
        return nullptr;
    of->parent_id = parent;
    return memory.keep(*of);
}

}  // namespace bbstream::normalize::datacenter
