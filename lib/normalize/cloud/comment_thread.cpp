#include "normalize/cloud/comment_thread.hpp"

#include "normalize/subjects.hpp"

#include <string>

namespace bbstream::normalize::cloud {

namespace {

state::key thread_of(mapping& in, event::pull_request_comment const& what)
{
    return in.machine("thread", {std::to_string(what.pull_request->id), what.comment->id});
}

event::counted_fact resolved_fact(event::facts& facts, event::pull_request_comment const& what)
{
    return facts.comment_resolved(what.pull_request->id, what.comment->id);
}

}  // namespace

bool is_resolved_thread(mapping& in, event::pull_request_comment const& what)
{
    auto const thread = thread_of(in, what);
    auto facts = in.facts();
    return in.stands_at(thread, resolved_fact(facts, what));
}

void add_resolved(mapping& in, event::pull_request_comment const& what, std::optional<micros> at)
{
    auto const thread = thread_of(in, what);
    auto facts = in.facts();
    auto const fact = resolved_fact(facts, what);
    auto const subject = comment_subject(what, in.memory());
    auto const own = what.comment->resolved_at;
    if (auto* made = in.add_turn(event::type::pullrequest_comment_resolved, thread, fact, subject, at, own))
        made->data = what;
}

void add_reopened(mapping& in, event::pull_request_comment const& what, std::optional<micros> at)
{
    auto const thread = thread_of(in, what);
    auto const fact = in.facts().comment_reopened(what.pull_request->id, what.comment->id);
    auto const subject = comment_subject(what, in.memory());
    if (auto* made = in.add_turn(event::type::pullrequest_comment_reopened, thread, fact, subject, at))
        made->data = what;
}

void take_resolved(mapping& in, event::pull_request_comment const& what)
{
    auto const thread = thread_of(in, what);
    auto facts = in.facts();
    in.move(thread, resolved_fact(facts, what), std::nullopt);
}

}  // namespace bbstream::normalize::cloud
