#include "flow/gap_watch.hpp"

#include "observe/log.hpp"

#include <algorithm>
#include <variant>

namespace bbstream::flow {

void gap_watch::begin(state::state const& from)
{
    for (std::size_t shard = 0; shard < state::shard_count; ++shard)
        from.shard(shard).each_reconciliation([&](state::key const&, state::reconciliation const& each) {
            auto const open = std::ranges::count_if(each.requests, &state::request::has_gap);
            if (open > 0)
                add_open(each.instance, open);
        });
}

void gap_watch::saw(std::span<event::event const> events, bool first)
{
    for (auto const& each : events) {
        auto const instance = each.delivery->instance;
        if (each.type == event::type::system_gap_detected)
            add_open(instance, 1);
        auto const* const ended = std::get_if<event::backfill_finished>(&each.data);
        if (ended && ended->scope == event::history_scope)  // no gap: nothing was lost
            continue;
        if (ended && each.cause)
            add_open(instance, -1);
        if (ended && first)
            note_end(instance, each, *ended);
    }
}

void gap_watch::add_open(std::string_view instance, std::int64_t more)
{
    auto const at = open_.try_emplace(std::string(instance)).first;
    at->second = std::max<std::int64_t>(at->second + more, 0);
    metrics_
        .make_gauge("bbstream_gaps_open", "Gaps in what was delivered that are not filled yet",
                    {{"instance", at->first}})
        .set(static_cast<double>(at->second));
}

void gap_watch::note_end(std::string_view instance, event::event const& what, event::backfill_finished const& how)
{
    metrics_
        .make_counter("bbstream_gaps_finished_total", "Gaps whose filling has ended",
                      {{"instance", instance}, {"outcome", how.outcome}})
        .add();
    if (how.unfillable == 0)
        return;
    auto const* const in = what.delivery->repository;
    observe::warn("something that was not delivered can't be had",
                  {{"instance", instance},
                   {"repository", in ? in->full_name.value_or(in->id) : std::string_view()},
                   {"scope", how.scope},
                   {"found", how.found},
                   {"missing_at_least", how.unfillable}});
}

}  // namespace bbstream::flow
