// pr:reviewer:approved, pr:reviewer:needs_work, pr:reviewer:unapproved. The key says the verdict.
#include "normalize/datacenter/keys.hpp"
#include "normalize/datacenter/needed.hpp"
#include "normalize/datacenter/pull_request.hpp"
#include "normalize/pull_request_snapshot.hpp"

namespace bbstream::normalize::datacenter {

namespace {

// Whose verdict it is; nothing where nobody is named.
event::participant const* reviewer_of(mapping& in)
{
    auto const from = object_member(in.body(), "participant");
    if (!from) {
        in.add_unknown_without(in.body(), "participant", "participant");
        return nullptr;
    }
    auto const* who = in.memory().keep(read_participant(*from, in.memory()));
    if (who->actor && who->actor->id)
        return who;
    if (auto const user = object_member(*from, "user"))
        in.add_unknown_without(*user, "id", "participant.user.id");
    else
        in.add_unknown_without(*from, "user", "participant.user");
    return nullptr;
}

void map_verdict(mapping& in, std::string_view verdict)
{
    auto const* of = needed_pull_request(in);
    auto const* who = of ? reviewer_of(in) : nullptr;
    if (!who)
        return;
    auto const& user = *who->actor->id;
    auto const machine = in.machine("verdict", {std::to_string(of->id), user});
    auto* made = in.add_move(event::type::pullrequest_reviewed, machine, in.facts().reviewed(of->id, user, verdict),
                             pull_request_subject(*of, in.memory()), in.date());
    if (!made)
        return;
    event::pull_request_reviewed data;
    data.pull_request = of;
    data.reviewer = &*who->actor;
    data.verdict = verdict;
    if (auto const before = text_member(in.body(), "previousStatus"))
        data.previous_verdict = verdict_of(*before);
    data.reviewed_sha = who->last_reviewed_sha;
    data.at = in.date();
    made->data = data;
    remember_judge(in, *of, user, is_positive(verdict));
}

}  // namespace

void map_pull_request_approved(mapping& in)
{
    map_verdict(in, "approved");
}

void map_pull_request_changes_requested(mapping& in)
{
    map_verdict(in, "changes_requested");
}

void map_pull_request_unapproved(mapping& in)
{
    map_verdict(in, "none");
}

}  // namespace bbstream::normalize::datacenter
