// What Cloud's REST shows of a pull request, as facts: those that REST tells apart as webhooks do have their ids.
#include "normalize/observed_pull_request.hpp"

#include "normalize/pull_request_differences.hpp"
#include "normalize/subjects.hpp"

namespace bbstream::normalize::cloud {

namespace {

// `updated_on` is what an update is known by: of several that are lost one is left, with the id of the last.
void add_update(mapping& in, pull_request_news const& what)
{
    auto const& of = *what.seen.of;
    auto const now = settled_target(what);
    pull_request_update const update{of, what.before->is, now};
    auto const parts = differing_parts(what, in.memory());
    event::revision const at{std::nullopt, of.updated_at};
    auto const changes = changes_of(update, in.memory());
    if (parts.source)
        add_source_updated(in, update);
    if (parts.target)
        add_target_updated(in, update);
    if (parts.reviewers)
        add_reviewers_updated(in, update, at);
    if (!changes.empty())
        add_updated(in, of, at, changes);
}

// False where REST does not tell the fact: a verdict that was withdrawn has no date any more.
bool add_review(mapping& in, event::pull_request const& of, changed_verdict const& what)
{
    auto const& who = *what.who;
    bool const dated = is_positive(who.verdict) && who.at;
    if (dated) {
        auto* made = in.add_once(event::type::pullrequest_reviewed,
                                 in.facts().reviewed(of.id, *who.actor->id, who.verdict, *who.at),
                                 pull_request_subject(of, in.memory()), who.at);
        if (made)
            made->data = review_of(of, what);
    }
    take_verdict(in, of, who);
    return dated;
}

// False where it is not closed in a way that is known.
bool add_closed(mapping& in, event::pull_request const& of)
{
    auto const subject = pull_request_subject(of, in.memory());
    auto const machine = in.machine("state", {std::to_string(of.id)});
    event::event* made = nullptr;
    if (of.state == "merged")
        made =
            in.add_once(event::type::pullrequest_merged, in.facts().pull_request_merged(of.id), subject, of.updated_at);
    else if (of.state == "superseded")
        made = in.add_once(event::type::pullrequest_superseded, in.facts().pull_request_superseded(of.id), subject,
                           of.updated_at);
    else if (of.state == "declined")
        made = in.add_move(event::type::pullrequest_declined, machine, in.facts().pull_request_declined(of.id), subject,
                           of.updated_at);
    else
        return false;
    if (made && of.state == "merged")
        made->data = event::pull_request_merged{&of, std::nullopt};
    else if (made)
        made->data = event::pull_request_fact{&of};
    return true;
}

}  // namespace

void add_news(mapping& in, pull_request_news const& what)
{
    auto const& of = *what.seen.of;
    bool told = true;
    if (what.opened)
        add_opened(in, of);
    if (what.before)
        add_update(in, what);
    for (auto const& each : changed_verdicts(in, of))
        told &= add_review(in, of, each);
    bool const closes = what.before ? differing_parts(what, in.memory()).state : of.state != "open";
    if (closes)
        told &= add_closed(in, of);
    if (!told)
        add_snapshot(in, what.seen);
}

}  // namespace bbstream::normalize::cloud
