// pr:comment:added, pr:comment:edited, pr:comment:deleted
#include "normalize/datacenter/comment.hpp"
#include "normalize/datacenter/comment_thread.hpp"
#include "normalize/datacenter/keys.hpp"
#include "normalize/datacenter/needed.hpp"

namespace bbstream::normalize::datacenter {

namespace {

// Both of a delivery; or neither, and the delivery is unknown.
event::pull_request_comment needed_both(mapping& in)
{
    auto const* of = needed_pull_request(in);
    auto const* comment = of ? needed_comment(in) : nullptr;
    return comment ? event::pull_request_comment{of, comment} : event::pull_request_comment();
}

void add_updated(mapping& in, event::pull_request_comment const& what)
{
    if (!what.comment->version) {
        in.add_unknown_without(*object_member(in.body(), "comment"), "version", "comment.version");
        return;
    }
    event::revision const at{what.comment->version, std::nullopt};
    auto* made = in.add_once(event::type::pullrequest_comment_updated,
                             in.facts().pull_request_comment_updated(what.pull_request->id, what.comment->id, at),
                             comment_subject(what, in.memory()), what.comment->updated_at);
    if (made)
        made->data = what;
}

// An edit is its comment's version and the delivery's date: a copy of one is none, whatever the thread did since.
bool is_copy(mapping& in, event::pull_request_comment const& what)
{
    event::revision const at{what.comment->version, in.date()};
    auto const edit = in.facts().pull_request_comment_updated(what.pull_request->id, what.comment->id, at);
    return at.version && at.updated && !in.note(edit);
}

bool text_differs(mapping& in)
{
    auto const before = text_member(in.body(), "previousComment");
    return before && before != text_member(*object_member(in.body(), "comment"), "text");
}

}  // namespace

void map_pull_request_comment_added(mapping& in)
{
    auto const what = needed_both(in);
    if (!what.comment)
        return;
    auto* made = in.add_once(event::type::pullrequest_comment_created,
                             in.facts().pull_request_comment_created(what.pull_request->id, what.comment->id),
                             comment_subject(what, in.memory()), what.comment->created_at);
    if (made)
        made->data = what;
}

void map_pull_request_comment_edited(mapping& in)
{
    auto const what = needed_both(in);
    if (!what.comment)
        return;
    if (is_copy(in, what)) {
        in.count_repeated();
        return;
    }
    bool const resolved = is_resolved(*what.comment, *object_member(in.body(), "comment"));
    bool const flipped = resolved != is_resolved_thread(in, what);
    if (text_differs(in) || (!flipped && !was_flipped(in, what)))
        add_updated(in, what);
    else if (!flipped)
        in.count_repeated();
    if (flipped)
        add_flip(in, what, resolved, in.date());
}

void map_pull_request_comment_deleted(mapping& in)
{
    auto const what = needed_both(in);
    if (!what.comment)
        return;
    auto* made = in.add_once(event::type::pullrequest_comment_deleted,
                             in.facts().pull_request_comment_deleted(what.pull_request->id, what.comment->id),
                             comment_subject(what, in.memory()), in.date());
    if (made)
        made->data = what;
}

}  // namespace bbstream::normalize::datacenter
