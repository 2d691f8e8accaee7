// What Data Center's REST shows of a pull request, as facts: those that REST tells apart as webhooks do have their ids.
#include "normalize/observed_pull_request.hpp"

#include "normalize/datacenter/needed.hpp"
#include "normalize/datacenter/reopened.hpp"
#include "normalize/pull_request_differences.hpp"

namespace bbstream::normalize::datacenter {

namespace {

// Whether no more than one edit lies between: then the version is that of its webhook.
bool is_one_edit(pull_request_news const& what, arena& memory)
{
    auto const before = what.before->is.version.text();
    auto const version = before ? parse_number(*before) : std::nullopt;
    return version && what.seen.of->version == *version + 1 && what.seen.of->updated_at &&
           !differing_parts(what, memory).state;
}

// False where several edits are one difference.
bool add_update(mapping& in, pull_request_news const& what)
{
    auto const& of = *what.seen.of;
    auto const now = settled_target(what);
    pull_request_update const update{of, what.before->is, now};
    auto const parts = differing_parts(what, in.memory());
    auto const changes = changes_of(update, in.memory());
    event::revision const at{of.version, of.updated_at};
    bool const exact = is_one_edit(what, in.memory());
    if (parts.source)
        add_source_updated(in, update);
    if (parts.target)
        normalize::add_target_updated(in, update);
    if (parts.reviewers && exact)
        add_reviewers_updated(in, update, at);
    if (!changes.empty() && exact)
        add_updated(in, of, at, changes);
    return exact || (changes.empty() && !parts.reviewers);
}

// It does not say when: the delivery's occurrence is found by where the verdict stands.
void add_review(mapping& in, event::pull_request const& of, changed_verdict const& what)
{
    auto const& who = *what.who;
    auto const machine = in.machine("verdict", {std::to_string(of.id), *who.actor->id});
    auto const fact = in.facts().reviewed(of.id, *who.actor->id, who.verdict);
    if (!in.repeats(machine, fact))
        in.add_counted(event::type::pullrequest_reviewed, in.facts().reviewed(of.id, *who.actor->id, who.verdict),
                       pull_request_subject(of, in.memory()), std::nullopt)
            .data = review_of(of, what);
    take_verdict(in, of, who);
}

// False where it is not closed in a way that is known.
bool add_closed(mapping& in, event::pull_request const& of)
{
    auto const closed = closing_time(of);
    auto const subject = pull_request_subject(of, in.memory());
    if (of.state == "merged") {
        auto* made =
            in.add_once(event::type::pullrequest_merged, in.facts().pull_request_merged(of.id), subject, closed);
        if (made)
            made->data = event::pull_request_merged{&of, std::nullopt};
        return true;
    }
    if (of.state != "declined" || !closed)
        return false;
    auto* made = in.add_once(event::type::pullrequest_declined, in.facts().pull_request_declined(of.id, *closed),
                             subject, closed);
    if (made)
        made->data = event::pull_request_fact{&of};
    remember_declined(in, of);
    return true;
}

// False where it is open again and was not known to be declined.
bool add_state(mapping& in, pull_request_news const& what)
{
    auto const& of = *what.seen.of;
    bool const changes = what.before ? differing_parts(what, in.memory()).state : of.state != "open";
    if (!changes)
        return true;
    return of.state == "open" ? add_reopened(in, of) : add_closed(in, of);
}

}  // namespace

void add_news(mapping& in, pull_request_news const& what)
{
    auto const& of = *what.seen.of;
    bool told = true;
    if (what.opened)
        add_opened(in, of);
    if (of.state == "open")
        told &= add_state(in, what);
    if (what.before)
        told &= add_update(in, what);
    for (auto const& each : changed_verdicts(in, of))
        add_review(in, of, each);
    if (of.state != "open")
        told &= add_state(in, what);
    if (!told)
        add_snapshot(in, what.seen);
}

void add_deleted(mapping& in, std::uint64_t id, std::optional<known_pull_request> const& before)
{
    event::pull_request of;
    of.id = id;
    if (before)
        of.title = before->is.title.text();
    auto const* kept = in.memory().keep(of);
    auto* made = in.add_once(event::type::pullrequest_deleted, in.facts().pull_request_deleted(id),
                             pull_request_subject(*kept, in.memory()), std::nullopt);
    if (made)
        made->data = event::pull_request_fact{kept};
}

}  // namespace bbstream::normalize::datacenter
