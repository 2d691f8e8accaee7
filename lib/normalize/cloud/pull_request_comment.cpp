// pullrequest:comment_created, :comment_updated, :comment_deleted, :comment_resolved, :comment_reopened
#include "normalize/cloud/comment_thread.hpp"
#include "normalize/cloud/keys.hpp"
#include "normalize/cloud/needed.hpp"
#include "normalize/cloud/needed_pull_request.hpp"
#include "normalize/subjects.hpp"

namespace bbstream::normalize::cloud {

namespace {

// Both of a delivery; or neither, and the delivery is unknown.
event::pull_request_comment needed_both(mapping& in)
{
    auto const* of = needed_pull_request(in);
    auto const* comment = of ? needed_comment(in) : nullptr;
    return comment ? event::pull_request_comment{of, comment} : event::pull_request_comment();
}

void add(mapping& in, event::type type, event::uuid const& id, event::pull_request_comment const& what,
         std::optional<micros> at)
{
    if (auto* made = in.add_once(type, id, comment_subject(what, in.memory()), at))
        made->data = what;
}

}  // namespace

void map_pull_request_comment_created(mapping& in)
{
    auto const what = needed_both(in);
    if (what.comment)
        add(in, event::type::pullrequest_comment_created,
            in.facts().pull_request_comment_created(what.pull_request->id, what.comment->id), what,
            what.comment->created_at);
}

void map_pull_request_comment_updated(mapping& in)
{
    auto const what = needed_both(in);
    if (!what.comment)
        return;
    event::revision const at{std::nullopt, what.comment->updated_at};
    if (!at.updated) {
        in.add_unknown_without(*object_member(in.body(), "comment"), "updated_on", "comment.updated_on");
        return;
    }
    add(in, event::type::pullrequest_comment_updated,
        in.facts().pull_request_comment_updated(what.pull_request->id, what.comment->id, at), what, at.updated);
}

void map_pull_request_comment_deleted(mapping& in)
{
    auto const what = needed_both(in);
    if (what.comment)
        add(in, event::type::pullrequest_comment_deleted,
            in.facts().pull_request_comment_deleted(what.pull_request->id, what.comment->id), what,
            what.comment->updated_at);
}

void map_pull_request_comment_resolved(mapping& in)
{
    auto const what = needed_both(in);
    if (what.comment)
        add_resolved(in, what, what.comment->resolved_at ? what.comment->resolved_at : what.comment->updated_at);
}

void map_pull_request_comment_reopened(mapping& in)
{
    auto const what = needed_both(in);
    if (what.comment)
        add_reopened(in, what, what.comment->updated_at);
}

}  // namespace bbstream::normalize::cloud
