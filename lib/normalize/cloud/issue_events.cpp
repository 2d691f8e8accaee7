// issue:created, issue:updated, issue:comment_created: `issue` as it is now, with `changes` and `comment`.
#include "normalize/cloud/comment.hpp"
#include "normalize/cloud/issue.hpp"
#include "normalize/cloud/keys.hpp"
#include "normalize/cloud/needed.hpp"

namespace bbstream::normalize::cloud {

namespace {

event::issue const* needed_issue(mapping& in)
{
    auto const from = needs_repository(in) ? needed_object(in, "issue") : std::nullopt;
    if (!from)
        return nullptr;
    auto const* read = read_issue(*from, in.memory());
    if (!read)
        in.add_unknown_without(*from, "id", "issue.id");
    return read;
}

std::string_view subject_of(event::issue const& of, arena& memory)
{
    return memory.join({"issues/", std::to_string(of.id)});
}

}  // namespace

void map_issue_created(mapping& in)
{
    auto const* issue = needed_issue(in);
    if (!issue)
        return;
    auto* made = in.add_once(event::type::issue_created, in.facts().issue_created(issue->id),
                             subject_of(*issue, in.memory()), issue->created_at);
    if (made)
        made->data = event::issue_fact{issue};
}

void map_issue_updated(mapping& in)
{
    auto const* issue = needed_issue(in);
    if (!issue)
        return;
    if (!issue->updated_at) {
        in.add_unknown_without(*object_member(in.body(), "issue"), "updated_on", "issue.updated_on");
        return;
    }
    auto* made = in.add_once(event::type::issue_updated, in.facts().issue_updated(issue->id, *issue->updated_at),
                             subject_of(*issue, in.memory()), issue->updated_at);
    if (!made)
        return;
    event::issue_updated updated{issue, std::nullopt, read_comment(in.body(), in.memory())};
    if (auto const changes = object_member(in.body(), "changes"))
        updated.changes = read_issue_changes(*changes, in.memory());
    made->data = updated;
}

void map_issue_comment_created(mapping& in)
{
    auto const* issue = needed_issue(in);
    auto const* comment = issue ? needed_comment(in) : nullptr;
    if (!comment)
        return;
    auto const subject = in.memory().join({subject_of(*issue, in.memory()), "/comments/", comment->id});
    auto* made = in.add_once(event::type::issue_comment_created,
                             in.facts().issue_comment_created(issue->id, comment->id), subject, comment->created_at);
    if (made)
        made->data = event::issue_comment_created{issue, comment};
}

}  // namespace bbstream::normalize::cloud
