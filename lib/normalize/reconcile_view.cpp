#include "normalize/reconcile_view.hpp"

#include "base/hex.hpp"
#include "event/event_id.hpp"
#include "normalize/state_key.hpp"

#include <algorithm>

namespace bbstream::normalize {

namespace {

ref_hash shown(state::named_head const& from)
{
    return {from.name, to_hex({from.head.data(), from.head.size()})};
}

}  // namespace

bool reconcile_view::has_absent() const
{
    return std::ranges::any_of(doubts, [](state::doubt const& each) { return each.seen.none(); });
}

reconcile_view view_reconciliation(state::state& of, std::string_view instance, std::string_view repository)
{
    event::fact_name name;
    auto const key = state_key(name.begin("repository", instance).part(repository));
    auto const* found = of.shard(state::state::shard_of(key)).find_reconciliation(key);
    reconcile_view seen;
    if (!found)
        return seen;
    seen.baseline = found->baseline;
    seen.newest = found->newest;
    seen.delivered = found->delivered != 0;
    seen.refs = found->refs;
    seen.commits = found->commits;
    seen.doubts = found->doubts;
    for (auto const& each : found->observed)
        if (auto const* told = state::find_named(found->reconciled, each.name); !told || told->head != each.head)
            seen.include.push_back(shown(each));
    for (auto const& each : found->reconciled)
        seen.exclude.push_back(shown(each));
    return seen;
}

}  // namespace bbstream::normalize
