// pr:comment:added, pr:comment:edited, pr:comment:deleted
#include "normalize/datacenter/comment.hpp"
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

// Only resolved threads are remembered.
void add_flip(mapping& in, event::pull_request_comment const& what, state::key const& thread, bool resolved)
{
    auto const pull_request = what.pull_request->id;
    auto const id = what.comment->id;
    if (resolved)
        in.remember(thread, static_cast<std::int64_t>(what.comment->version.value_or(0)));
    else
        in.forget(thread);
    auto const type = resolved ? event::type::pullrequest_comment_resolved : event::type::pullrequest_comment_reopened;
    auto facts = in.facts();
    auto const fact = resolved ? facts.comment_resolved(pull_request, id) : facts.comment_reopened(pull_request, id);
    auto& made = in.add_counted(type, fact, comment_subject(what, in.memory()),
                                resolved && what.comment->resolved_at ? what.comment->resolved_at : in.date());
    made.data = what;
}

event::uuid updated_fact(mapping& in, event::pull_request_comment const& what, event::revision const& at)
{
    return in.facts().pull_request_comment_updated(what.pull_request->id, what.comment->id, at);
}

void add_updated(mapping& in, event::pull_request_comment const& what)
{
    if (!what.comment->version) {
        in.add_unknown_without(*object_member(in.body(), "comment"), "version", "comment.version");
        return;
    }
    auto* made = in.add_once(event::type::pullrequest_comment_updated,
                             updated_fact(in, what, {what.comment->version, std::nullopt}),
                             comment_subject(what, in.memory()), what.comment->updated_at);
    if (made)
        made->data = what;
}

// An edit is its comment's version and the delivery's date: a copy of one is none, whatever the thread did since.
bool is_copy(mapping& in, event::pull_request_comment const& what)
{
    event::revision const at{what.comment->version, in.date()};
    return at.version && at.updated && !in.note(updated_fact(in, what, at));
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
    auto const thread = in.machine("thread", {std::to_string(what.pull_request->id), what.comment->id});
    bool const resolved = is_resolved(*what.comment, *object_member(in.body(), "comment"));
    bool const flipped = resolved != in.remembered(thread).has_value();
    if (text_differs(in) || !flipped)
        add_updated(in, what);
    if (flipped)
        add_flip(in, what, thread, resolved);
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
