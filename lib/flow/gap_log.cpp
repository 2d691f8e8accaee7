#include "flow/gap_log.hpp"

#include "base/hex.hpp"
#include "normalize/state_key.hpp"

#include <algorithm>
#include <variant>

namespace bbstream::flow {

namespace {

constexpr micros second = 1'000'000;

std::string hash_text(state::head const& of)
{
    return of.none() ? std::string() : to_hex({of.data(), of.size()});
}

std::string text_or_nothing(event::text const& of)
{
    return std::string(of.value_or(std::string_view()));
}

void name_repository(logged_gap& of, event::event const& what)
{
    of.instance = what.delivery->instance;
    if (auto const* in = what.delivery->repository)
        of.repository = in->full_name.value_or(in->id);
}

}  // namespace

std::string_view gap_end_name(gap_end which)
{
    switch (which) {
        case gap_end::filled:
            return "filled";
        case gap_end::unfillable:
            return "unfillable";
        case gap_end::open:
            break;
    }
    return "open";
}

void gap_log::begin(state::state const& from)
{
    std::vector<std::pair<state::reconciliation const*, state::request const*>> open;
    for (std::size_t shard = 0; shard < state::shard_count; ++shard)
        from.shard(shard).each_reconciliation([&](state::key const&, state::reconciliation const& in) {
            for (auto const& each : in.requests)
                if (each.has_gap())
                    open.emplace_back(&in, &each);
        });
    std::ranges::stable_sort(open, {}, [](auto const& each) { return each.second->made; });
    for (auto const& [in, each] : open) {
        auto* const made = add(each->gap, static_cast<micros>(each->made) * second);
        if (!made)
            continue;
        made->instance = in->instance;
        made->repository = in->repository;
        made->ref = each->ref;
        made->reason = state::request_name(each->kind);
        made->known = hash_text(each->known);
        made->before = hash_text(each->before);
        made->after = hash_text(each->after);
    }
}

void gap_log::take(event::event const& what)
{
    if (auto const* gap = std::get_if<event::gap_detected>(&what.data))
        note_gap(what, *gap);
    else if (auto const* ended = std::get_if<event::backfill_finished>(&what.data);
             ended && ended->scope != event::history_scope)
        note_end(what, *ended);
}

void gap_log::note_gap(event::event const& what, event::gap_detected const& how)
{
    auto* const made = add(normalize::state_key(what.id), what.delivery->received);
    if (!made)
        return;
    name_repository(*made, what);
    made->ref = how.ref.name;
    made->reason = how.reason;
    made->known = text_or_nothing(how.known_sha);
    made->before = text_or_nothing(how.old_sha);
    made->after = text_or_nothing(how.new_sha);
}

void gap_log::note_end(event::event const& what, event::backfill_finished const& how)
{
    logged_gap* of = nullptr;
    if (what.cause) {
        auto const id = normalize::state_key(*what.cause);
        auto const at = places_.find({id.first, id.second});
        of = at == places_.end() ? nullptr : &gaps_[at->second];
    } else if ((of = add({}, what.delivery->received)))
        of->reason = "poll";
    if (!of)
        return;
    name_repository(*of, what);
    of->ended = what.delivery->received;
    of->end = how.unfillable == 0 ? gap_end::filled : gap_end::unfillable;
    of->found = how.found;
    of->missing = how.unfillable;
}

logged_gap* gap_log::add(state::key const& id, micros seen)
{
    if (seen < since_)
        return nullptr;
    if (gaps_.size() == gaps_max) {
        ++left_out_;
        return nullptr;
    }
    if (id != state::key())
        places_[{id.first, id.second}] = gaps_.size();
    auto& made = gaps_.emplace_back();
    made.id = id;
    made.seen = seen;
    return &made;
}

}  // namespace bbstream::flow
