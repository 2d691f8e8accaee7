#include "normalize/cloud/comment.hpp"

#include "event/object_json.hpp"
#include "normalize/cloud/entities.hpp"
#include "normalize/identity.hpp"

namespace bbstream::normalize::cloud {

namespace {

// `from` is a line of the old file, `to` one of the new; a comment on several lines has where it starts too.
void read_lines(object const& inline_at, event::comment_anchor& into)
{
    into.line = number_member(inline_at, "to");
    if (into.line) {
        into.side = "new";
        into.from_line = number_member(inline_at, "start_to");
        return;
    }
    into.line = number_member(inline_at, "from");
    if (into.line) {
        into.side = "old";
        into.from_line = number_member(inline_at, "start_from");
    }
}

std::optional<event::comment_anchor> read_anchor(object const& comment)
{
    auto const inline_at = object_member(comment, "inline");
    if (!inline_at)
        return std::nullopt;
    event::comment_anchor anchor;
    anchor.path = filled_member(*inline_at, "path");
    read_lines(*inline_at, anchor);
    return anchor;
}

void read_text(object const& from, event::comment& into)
{
    auto const content = object_member(from, "content");
    auto const raw = event::cut_utf8(content ? text_member(*content, "raw") : std::nullopt, event::comment_bytes_max);
    into.body = raw.shown;
    into.body_truncated = raw.cut;
}

// Drafts came in 2023; what is neither one nor resolved is open, also before there were any.
void read_state(object const& from, arena& memory, event::comment& into)
{
    into.state = bool_member(from, "pending").value_or(false) ? "pending" : "open";
    auto const resolution = object_member(from, "resolution");
    if (!resolution)
        return;
    into.state = "resolved";
    if (auto const user = object_member(*resolution, "user"))
        into.resolved_by = read_account(*user, memory);
    into.resolved_at = time_member(*resolution, "created_on");
}

}  // namespace

event::comment const* read_comment(object const& body, arena& memory)
{
    auto const from = object_member(body, "comment");
    return from ? read_own_comment(*from, memory) : nullptr;
}

event::comment const* read_own_comment(object const& from, arena& memory)
{
    auto const id = bounded_id(from, "id", memory);
    if (!id)
        return nullptr;
    event::comment of;
    of.id = *id;
    if (auto const parent = object_member(from, "parent"))
        of.parent_id = bounded_id(*parent, "id", memory);
    read_text(from, of);
    if (auto const user = object_member(from, "user"))
        of.author = read_account(*user, memory);
    read_state(from, memory, of);
    of.anchor = read_anchor(from);
    of.created_at = time_member(from, "created_on");
    of.updated_at = time_member(from, "updated_on");
    of.url = link_member(from, "html");
    return memory.keep(of);
}

}  // namespace bbstream::normalize::cloud
