#include "normalize/datacenter/comment_thread.hpp"

#include "normalize/subjects.hpp"

#include <string>

namespace bbstream::normalize::datacenter {

namespace {

state::key thread_of(mapping& in, event::pull_request_comment const& what)
{
    return in.machine("thread", {std::to_string(what.pull_request->id), what.comment->id});
}

// No event has this id: an edit has a version, and no date beside it.
event::uuid flipped_version(mapping& in, event::pull_request_comment const& what)
{
    event::revision const at{what.comment->version, 0};
    return in.facts().pull_request_comment_updated(what.pull_request->id, what.comment->id, at);
}

}  // namespace

bool is_resolved_thread(mapping& in, event::pull_request_comment const& what)
{
    return in.remembered(thread_of(in, what)).has_value();
}

void add_flip(mapping& in, event::pull_request_comment const& what, bool resolved, std::optional<micros> at)
{
    auto const pull_request = what.pull_request->id;
    auto const id = what.comment->id;
    if (resolved)
        take_resolved(in, what);
    else
        in.forget(thread_of(in, what));
    if (what.comment->version)
        in.note(flipped_version(in, what));
    auto const type = resolved ? event::type::pullrequest_comment_resolved : event::type::pullrequest_comment_reopened;
    auto facts = in.facts();
    auto const fact = resolved ? facts.comment_resolved(pull_request, id) : facts.comment_reopened(pull_request, id);
    auto& made = in.add_counted(type, fact, comment_subject(what, in.memory()),
                                resolved && what.comment->resolved_at ? what.comment->resolved_at : at);
    made.data = what;
}

void take_resolved(mapping& in, event::pull_request_comment const& what)
{
    in.remember(thread_of(in, what), static_cast<std::int64_t>(what.comment->version.value_or(0)));
}

bool was_flipped(mapping& in, event::pull_request_comment const& what)
{
    return what.comment->version && in.is_told(flipped_version(in, what));
}

}  // namespace bbstream::normalize::datacenter
