#include "normalize/reconcile_view.hpp"

#include "base/hex.hpp"
#include "event/event_id.hpp"
#include "normalize/observed_refs.hpp"
#include "normalize/requests.hpp"
#include "normalize/state_key.hpp"
#include "normalize/told.hpp"

#include <algorithm>

namespace bbstream::normalize {

namespace {

ref_hash shown(state::named_head const& from)
{
    return {from.name, to_hex({from.head.data(), from.head.size()})};
}

std::string text_of(state::key const& id)
{
    std::string text;
    event::append_uuid(text, uuid_of(id));
    return text;
}

bool is_to_be_taken(state::request const& one)
{
    return one.kind != state::request_kind::poll;
}

missing_change shown(state::request const& one)
{
    missing_change seen;
    seen.id = text_of(one.change);
    seen.kind = one.kind;
    seen.head = shown({one.ref, head_to_list(one)});
    if (auto const& before = head_told_before(one); !before.none())
        seen.from = shown({one.ref, before});
    seen.ends_ref = one.after.none();
    seen.tries = one.tries;
    seen.tried = one.tried;
    seen.withholds = !one.withheld.empty();
    return seen;
}

pull_requests_view shown(state::pull_request_watch const& from)
{
    pull_requests_view seen{from.baseline, from.pages, from.newest, from.watermark, {}};
    for (auto const& [id, doubt] : from.doubts)
        seen.doubts.push_back(id);
    for (auto const& [id, discussion] : from.discussions)
        seen.discussions.push_back({id, !discussion.doubts.empty()});
    return seen;
}

pipelines_view shown(state::pipeline_watch const& from)
{
    pipelines_view seen{from.baseline, from.pages, from.watermark, {}};
    for (auto const& [id, run] : from.runs)
        seen.runs.push_back({id, run});
    return seen;
}

deployments_view shown(state::deployment_watch const& from, state::pipeline_watch const& pipelines)
{
    deployments_view seen{
        pipelines.watermark != 0, from.baseline, from.stale, from.pages, from.walked, from.length, {}};
    for (auto const& [id, one] : from.open)
        seen.open.push_back({id, one});
    return seen;
}

// Branches as they were last seen.
history_view shown(state::history const& from, state::reconciliation const& in)
{
    history_view seen{from.since, from.commits, {}, {}, from.shown, from.found, from.tries, from.tried};
    if (!from.asked_for())
        return seen;
    seen.one_head =
        std::ranges::all_of(from.wanted, [&](auto const& each) { return each.head == from.wanted.front().head; });
    auto branches = in.reconciled;
    for (auto const& each : in.observed)
        state::set_head(branches, each.name, each.head);
    for (auto const& each : branches)
        if (each.name.starts_with(branch_prefix) && !each.head.none() && !state::find_named(from.done, each.name))
            seen.left.push_back(shown(each));
    for (auto const& each : from.done)
        seen.done.push_back(shown(each));
    return seen;
}

}  // namespace

reconcile_view view_reconciliation(state::state& of, std::string_view instance, std::string_view repository)
{
    event::fact_name name;
    auto const key = state_key(name.begin("repository", instance).part(repository));
    auto& shard = of.shard(state::state::shard_of(key));
    auto* const found = shard.find_reconciliation(key);
    reconcile_view seen;
    if (!found)
        return seen;
    seen.baseline = found->baseline;
    seen.newest = found->newest;
    seen.delivered = found->delivered != 0;
    seen.refs = found->refs;
    seen.commits = found->commits;
    seen.commits_end = found->commits_end;
    seen.default_ref = found->default_ref;
    seen.doubts = found->doubts;
    seen.doubted = doubted_refs(shard, *found, instance, repository);
    for (auto const& each : found->observed)
        if (auto const* told = state::find_named(found->reconciled, each.name); !told || told->head != each.head)
            seen.include.push_back(shown(each));
    for (auto const& each : found->reconciled)
        seen.exclude.push_back(shown(each));
    for (auto const& each : found->requests)
        if (is_to_be_taken(each))
            seen.missing.push_back(shown(each));
    if (auto const* filling = state::find_request(*found, found->filling))
        seen.fills = filling->kind;
    seen.pull_requests = shown(found->pull_requests);
    seen.pipelines = shown(found->pipelines);
    seen.deployments = shown(found->deployments, found->pipelines);
    seen.history = shown(found->history, *found);
    return seen;
}

// As the fold does it (told.hpp).
std::vector<ref_hash> left_out(missing_change const& of, reconcile_view const& in)
{
    std::vector<ref_hash> heads;
    if (of.from)
        heads.push_back(*of.from);
    for (auto const& each : in.exclude)
        if (of.ends_ref || each != of.head)
            heads.push_back(each);
    return heads;
}

std::vector<std::string> repositories_with_missing(state::state const& of, std::string_view instance)
{
    std::vector<std::string> found;
    for (std::size_t shard = 0; shard < state::shard_count; ++shard)
        of.shard(shard).each_reconciliation([&](state::key const&, state::reconciliation const& each) {
            if (each.instance == instance &&
                (each.history.asked_for() || std::ranges::any_of(each.requests, is_to_be_taken)))
                found.push_back(each.repository);
        });
    return found;
}

}  // namespace bbstream::normalize
