#include "normalize/observed_pull_request.hpp"

#include "normalize/canonical.hpp"
#include "normalize/cloud/pull_request.hpp"
#include "normalize/cloud/pull_request_snapshot.hpp"
#include "normalize/datacenter/pull_request.hpp"
#include "normalize/datacenter/pull_request_snapshot.hpp"
#include "normalize/pull_request_differences.hpp"
#include "normalize/subjects.hpp"

#include <algorithm>
#include <string>

namespace bbstream::normalize {

namespace {

constexpr std::size_t digest_bytes = 16;

// Each person once: Cloud lists reviewers among the participants, too, Data Center does not.
template <class Visit>
void each_person(event::pull_request const& of, Visit visit)
{
    auto const names = [](event::participant const& who) { return who.actor && who.actor->id; };
    for (auto const& each : of.reviewers)
        if (names(each))
            visit(each);
    for (auto const& each : of.participants) {
        auto const is_same = [&](auto const& other) { return names(other) && other.actor->id == each.actor->id; };
        if (names(each) && std::ranges::none_of(of.reviewers, is_same))
            visit(each);
    }
}

state::key machine_of(mapping& in, event::pull_request const& of, event::participant const& who)
{
    return in.machine("verdict", {std::to_string(of.id), *who.actor->id});
}

bool is_listed(std::string_view id, event::pull_request const& of)
{
    bool listed = false;
    each_person(of, [&](event::participant const& who) { listed |= *who.actor->id == id; });
    return listed;
}

// Of whom no more is known than the id.
event::participant const* somebody(std::string_view id, arena& memory)
{
    event::participant who;
    who.actor.emplace();
    who.actor->id = id;
    if (!id.starts_with("name:"))
        who.actor->auth_id = id;
    return memory.keep(who);
}

event::text known_verdict(mapping& in, event::pull_request const& of, event::participant const& who)
{
    auto const machine = machine_of(in, of, who);
    for (std::string_view const verdict : {"approved", "changes_requested", "none"})
        if (in.stands_at(machine, in.facts().reviewed(of.id, *who.actor->id, verdict)))
            return verdict;
    return std::nullopt;
}

// Data Center makes everybody a reviewer who reviews, which is no edit.
bool came_by_reviewing(pull_request_snapshot const& before, event::pull_request const& of, arena& memory)
{
    if (!of.version || !before.reviewers.text())
        return false;
    auto const known = reviewers_of(before, memory);
    std::size_t stayed = 0;
    for (auto const& each : of.reviewers) {
        if (!each.actor || !each.actor->id)
            continue;
        if (std::ranges::binary_search(known, *each.actor->id))
            ++stayed;
        else if (!each.last_reviewed_sha && !is_positive(each.verdict))
            return false;
    }
    return stayed == known.size();
}

std::string verdicts_text(event::pull_request const& of)
{
    std::string text;
    each_person(of, [&](event::participant const& who) {
        if (is_positive(who.verdict))
            text.append(*who.actor->id).append(" ").append(who.verdict).append("\n");
    });
    return text;
}

}  // namespace

observed_pull_request read_observed(product platform, object const& from, arena& memory)
{
    bool const cloud = platform == product::cloud;
    observed_pull_request seen;
    seen.of = cloud ? cloud::read_pull_request(from, memory) : datacenter::read_pull_request(from, memory);
    if (!seen.of)
        return seen;
    seen.now = cloud ? cloud::snapshot_of(from, *seen.of, memory) : datacenter::snapshot_of(from, *seen.of, memory);
    seen.now.judges = remember_judges(*seen.of, memory);
    seen.now.observed = remember_text("true", memory);
    return seen;
}

std::span<changed_verdict const> changed_verdicts(mapping& in, event::pull_request const& of)
{
    auto const judges = known_judges(in, of.id);  // some of whom may not be listed any more
    auto const changed =
        in.memory().array<changed_verdict>(of.reviewers.size() + of.participants.size() + judges.size());
    std::size_t count = 0;
    auto const look_at = [&](event::participant const& who) {
        if (!is_positive(who.verdict) && who.verdict != "none")
            return;
        auto const known = known_verdict(in, of, who);
        if (known.value_or("none") != who.verdict)
            changed[count++] = {&who, known};
    };
    each_person(of, look_at);
    for (auto const id : judges)
        if (!is_listed(id, of))
            look_at(*somebody(id, in.memory()));
    return changed.first(count);
}

// Webhooks that come later have later times, whatever the clock says here: it goes on from the last one that was told.
void take_verdict(mapping& in, event::pull_request const& of, event::participant const& who)
{
    auto const machine = machine_of(in, of, who);
    auto const last = in.remembered(machine);
    auto const at = last ? *last + 1 : of.created_at.value_or(0);
    bool const told = is_positive(who.verdict) && who.at;
    in.move(machine, in.facts().reviewed(of.id, *who.actor->id, who.verdict), std::max(at, told ? *who.at : 0));
}

event::pull_request_reviewed review_of(event::pull_request const& of, changed_verdict const& what)
{
    event::pull_request_reviewed data;
    data.pull_request = &of;
    data.reviewer = &*what.who->actor;
    data.verdict = what.who->verdict;
    data.previous_verdict = what.before;
    data.reviewed_sha = what.who->last_reviewed_sha;
    data.at = what.who->at;
    return data;
}

void take_verdicts(mapping& in, event::pull_request const& of)
{
    for (auto const& each : changed_verdicts(in, of))
        if (!each.before)
            take_verdict(in, of, *each.who);
}

state::head digest_of(observed_pull_request const& seen, arena& memory)
{
    auto const digest = digest_of(seen.now, verdicts_text(*seen.of), memory);
    std::array<unsigned char, digest_bytes> first{};
    std::copy_n(digest.begin(), first.size(), first.begin());
    return state::head::of_digest(first);
}

pull_request_parts differing_parts(pull_request_news const& what, arena& memory)
{
    if (!what.before)
        return {};
    auto const& before = what.before->is;
    auto const& now = what.seen.now;
    return {differ(before.source_head, now.source_head), differ(before.target_ref, now.target_ref),
            differ(before.reviewers, now.reviewers) && !came_by_reviewing(before, *what.seen.of, memory),
            differ(before.state, now.state)};
}

bool differs(pull_request_news const& what, arena& memory)
{
    if (!what.before)
        return true;
    auto const& before = what.before->is;
    auto const& now = what.seen.now;
    auto const parts = differing_parts(what, memory);
    return parts.source || parts.target || parts.reviewers || parts.state || differ(before.title, now.title) ||
           differ(before.description, now.description) || differ(before.draft, now.draft);
}

pull_request_snapshot settled_target(pull_request_news const& what)
{
    auto now = what.seen.now;
    if (what.before && what.before->is.target_head.text() && !differ(what.before->is.target_ref, now.target_ref))
        now.target_head = what.before->is.target_head;
    return now;
}

void add_snapshot(mapping& in, observed_pull_request const& seen)
{
    event::event shown;
    shown.type = event::type::pullrequest_snapshot;
    shown.delivery = &in.delivery();
    shown.data = event::pull_request_fact{seen.of};
    auto& made =
        in.add_counted(shown.type, in.facts().snapshot("pullrequest", std::to_string(seen.of->id), revision_of(shown)),
                       pull_request_subject(*seen.of, in.memory()), seen.of->updated_at);
    made.data = shown.data;
}

void add_opened(mapping& in, event::pull_request const& of)
{
    auto* made = in.add_once(event::type::pullrequest_opened, in.facts().pull_request_opened(of.id),
                             pull_request_subject(of, in.memory()), of.created_at);
    if (made)
        made->data = event::pull_request_fact{&of};
}

}  // namespace bbstream::normalize
