// pullrequest:approved and :unapproved with `approval`, pullrequest:changes_request_created and
// :changes_request_removed with `changes_request`: {date, user}. The key says the verdict.
#include "normalize/cloud/entities.hpp"
#include "normalize/cloud/keys.hpp"
#include "normalize/cloud/needed.hpp"
#include "normalize/cloud/needed_pull_request.hpp"
#include "normalize/pull_request_snapshot.hpp"
#include "normalize/subjects.hpp"

namespace bbstream::normalize::cloud {

namespace {

constexpr std::string_view verdicts[] = {"approved", "changes_requested", "none"};

struct review {
    event::actor const* by = nullptr;
    micros at = 0;
};

// Who said what when; nothing where one of it is missing, and the delivery is unknown.
std::optional<review> needed_review(mapping& in, std::string_view name)
{
    auto const from = needed_object(in, name);
    if (!from)
        return std::nullopt;
    auto const user = object_member(*from, "user");
    auto const* who = user ? in.memory().keep(read_account(*user, in.memory())) : in.delivery().actor;
    auto const at = time_member(*from, "date");
    if (who && who->id && at)
        return review{who, *at};
    std::string_view const missing = at ? "user" : "date";
    if (at && user)
        in.add_unknown_without(*user, "uuid", in.memory().join({name, ".user.uuid"}));
    else
        in.add_unknown_without(*from, missing, in.memory().join({name, ".", missing}));
    return std::nullopt;
}

// Nothing where it is not known, or where this is late.
event::text verdict_before(mapping& in, state::key const& machine, event::pull_request const& of, review const& now)
{
    if (in.remembered(machine).value_or(now.at) > now.at)
        return std::nullopt;
    for (auto const verdict : verdicts)
        if (in.stands_at(machine, in.facts().reviewed(of.id, *now.by->id, verdict)))
            return verdict;
    return std::nullopt;
}

void map_verdict(mapping& in, std::string_view name, std::string_view verdict)
{
    auto const* of = needed_pull_request(in);
    auto const now = of ? needed_review(in, name) : std::nullopt;
    if (!now)
        return;
    auto const& user = *now->by->id;
    auto* made = in.add_once(event::type::pullrequest_reviewed, in.facts().reviewed(of->id, user, verdict, now->at),
                             pull_request_subject(*of, in.memory()), now->at);
    if (!made)
        return;
    auto const machine = in.machine("verdict", {std::to_string(of->id), user});
    event::pull_request_reviewed data;
    data.pull_request = of;
    data.reviewer = now->by;
    data.verdict = verdict;
    data.previous_verdict = verdict_before(in, machine, *of, *now);
    data.at = now->at;
    made->data = data;
    in.move(machine, in.facts().reviewed(of->id, user, verdict), now->at);
    remember_judge(in, *of, user, is_positive(verdict));
}

}  // namespace

void map_pull_request_approved(mapping& in)
{
    map_verdict(in, "approval", "approved");
}

void map_pull_request_unapproved(mapping& in)
{
    map_verdict(in, "approval", "none");
}

void map_pull_request_changes_requested(mapping& in)
{
    map_verdict(in, "changes_request", "changes_requested");
}

void map_pull_request_changes_request_removed(mapping& in)
{
    map_verdict(in, "changes_request", "none");
}

}  // namespace bbstream::normalize::cloud
