#include "state/shard.hpp"

#include <algorithm>

namespace bbstream::state {

namespace {

template <class Table>
void expire(Table& table, seconds now, seconds window)
{
    state::expire(table, now, window, [&](key const& gone) { table.erase(gone); });
}

// Of an occurrence of the fact that happened then.
key key_at(key const& fact, seconds told)
{
    return {fact.first ^ told, fact.second};
}

template <std::size_t To, std::size_t From>
basic_ref_state<To> resized(basic_ref_state<From> const& from)
{
    basic_ref_state<To> to{from.head, from.moved, from.record, from.previous, {}};
    std::size_t const skipped = from.known.size() > To ? from.known.size() - To : 0;
    for (std::size_t at = skipped; at < from.known.size(); ++at)
        to.known.add(from.known[at]);
    return to;
}

}  // namespace

seconds to_seconds(micros at)
{
    return static_cast<seconds>(std::clamp<micros>(at / 1'000'000, 0, UINT32_MAX));
}

seen shard::see_delivery(key const& delivery, std::uint32_t body, seconds now)
{
    auto const* before = deliveries_.find(delivery);
    if (before && in_window(before->at, now, delivery_window))
        return before->body == body ? seen::alike : seen::otherwise;
    deliveries_.write(delivery) = {now, body};
    return seen::never;
}

std::uint32_t shard::occurrences(key const& fact, seconds now)
{
    auto const* found = counters_.find(fact);
    return found && in_window(found->at, now, fact_window) ? found->count : 0;
}

void shard::count_occurrence(key const& fact, std::optional<seconds> told, seconds now)
{
    auto const* before = counters_.find(fact);
    counter next{occurrences(fact, now) + 1, now, told.value_or(0)};
    if (next.count > 1 && before->told != 0)
        publish_once(key_at(fact, before->told), now);
    counters_.write(fact) = next;
}

std::optional<bool> shard::occurred_at(key const& fact, seconds told, seconds now)
{
    auto const* last = counters_.find(fact);
    if (!last || last->told == 0 || !in_window(last->at, now, fact_window))
        return std::nullopt;
    if (std::max(told, last->told) - std::min(told, last->told) <= occurrence_tolerance)
        return true;
    seconds const first = told - std::min(told, occurrence_tolerance);
    for (seconds at = first; last->count > 1 && at <= told + occurrence_tolerance; ++at)
        if (is_published(key_at(fact, at), now))
            return true;
    return false;
}

bool shard::is_published(key const& fact, seconds now)
{
    auto const* found = published_.find(fact);
    return found && in_window(found->at, now, fact_window);
}

bool shard::publish_once(key const& fact, seconds now)
{
    if (is_published(fact, now))
        return false;
    published_.write(fact).at = now;
    return true;
}

machine const* shard::find_machine(key const& of, seconds now)
{
    auto const* found = machines_.find(of);
    return found && in_window(found->at, now, fact_window) ? found : nullptr;
}

void shard::write_machine(key const& of, key const& fact, std::int64_t mark, seconds now)
{
    machines_.write(of) = {fact, mark, now};
}

bool shard::find_ref(key const& ref, ref_state& into)
{
    if (auto const* found = refs_.find(ref)) {
        into = *found;
        return true;
    }
    if (auto const* found = settled_refs_.find(ref)) {
        into = resized<known_heads_max>(*found);
        return true;
    }
    return false;
}

void shard::write_ref(key const& ref, ref_state const& now)
{
    settled_refs_.erase(ref);
    refs_.write(ref) = now;
}

void shard::forget(seconds now)
{
    expire(deliveries_, now, delivery_window);
    expire(published_, now, fact_window);
    snapshots_.expire(now);
    expire(machines_, now, fact_window);
    expire(counters_, now, fact_window);
    while (units() > units_max_ && evict_one())
        ++evicted_;
}

bool shard::evict_one()
{
    if (refs_.oldest())
        settle_oldest_ref();
    else if (auto const* fact = published_.oldest())
        published_.erase(key(fact->key));
    else if (snapshots_.evict_one())
        return true;
    else if (auto const* machine = machines_.oldest())
        machines_.erase(key(machine->key));
    else if (auto const* counter = counters_.oldest())
        counters_.erase(key(counter->key));
    else if (auto const* delivery = deliveries_.oldest())
        deliveries_.erase(key(delivery->key));
    else
        return false;
    return true;
}

// An absent ref of a known repository has no head, just like one that was deleted: that one may go altogether.
void shard::settle_oldest_ref()
{
    auto const oldest = *refs_.oldest();
    refs_.erase(oldest.key);
    if (!oldest.value.head.none())
        settled_refs_.write(oldest.key) = resized<settled_heads_max>(oldest.value);
}

void shard::weigh(reconciliation& changed)
{
    reconciliation_bytes_ -= changed.held_bytes;
    changed.held_bytes = weight(changed);
    reconciliation_bytes_ += changed.held_bytes;
}

void shard::weigh_all()
{
    reconciliations_.each([&](auto const& entry) { weigh(*reconciliations_.find(entry.key)); });
}

std::uint64_t shard::units() const
{
    return deliveries_.size() + published_.size() + counters_.size() + snapshots_.units() +
           machine_units * machines_.size() + ref_units * refs_.size();
}

std::size_t shard::bytes() const
{
    return deliveries_.bytes() + published_.bytes() + snapshots_.bytes() + machines_.bytes() + counters_.bytes() +
           refs_.bytes() + settled_refs_.bytes() + repositories_.bytes() + reconciliations_.bytes() +
           reconciliation_bytes_;
}

void shard::clear()
{
    deliveries_.clear();
    published_.clear();
    snapshots_.clear();
    machines_.clear();
    counters_.clear();
    refs_.clear();
    settled_refs_.clear();
    repositories_.clear();
    reconciliations_.clear();
    reconciliation_bytes_ = 0;
    evicted_ = 0;
}

}  // namespace bbstream::state
