#include "state/state.hpp"

#include <algorithm>

namespace bbstream::state {

state::state(std::uint64_t size_max)
{
    auto const units_max = std::max<std::uint64_t>(size_max / 3 * 2 / shard_count / unit_bytes, ref_units);
    for (auto& each : shards_)
        each.entries.set_units_max(units_max);
}

std::uint64_t state::applied(std::size_t which) const
{
    return std::max(position_, shards_[which].loaded);
}

void state::advance(std::uint64_t sequence)
{
    position_ = std::max(position_, sequence);
}

std::uint64_t state::evicted() const
{
    std::uint64_t sum = 0;
    for (auto const& each : shards_)
        sum += each.entries.evicted();
    return sum;
}

std::size_t state::bytes() const
{
    std::size_t sum = 0;
    for (auto const& each : shards_)
        sum += each.entries.bytes();
    return sum;
}

void state::clear()
{
    for (auto& each : shards_) {
        each.entries.clear();
        each.loaded = 0;
    }
    position_ = 0;
}

}  // namespace bbstream::state
