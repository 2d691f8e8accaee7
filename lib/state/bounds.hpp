// How long things are remembered, by the receive times of records and never by a clock; and what they cost of the
// bound.
#pragma once

#include "state/key.hpp"

#include <cstddef>
#include <cstdint>

namespace bbstream::state {

using seconds = std::uint32_t;  // since 1970, of a record's receive time

inline constexpr seconds delivery_window = 24 * 3600;
inline constexpr seconds fact_window = 400u * 24 * 3600;
inline constexpr seconds closed_window = 30u * 24 * 3600;

// Two notices of one occurrence may tell times that are so far apart.
inline constexpr seconds occurrence_tolerance = 2;

inline bool in_window(seconds at, seconds now, seconds window)
{
    return now < at || now - at <= window;
}

// A counted occurrence, a published fact and a delivery cost one unit of the bound; a machine and a ref's old heads
// cost so many; a snapshot costs those of its bytes and of what holds them.
inline constexpr std::uint64_t unit_bytes = 44;
inline constexpr std::uint64_t machine_units = 2;
inline constexpr std::uint64_t ref_units = 5;

constexpr std::uint64_t snapshot_units(std::size_t packed_bytes)
{
    constexpr std::size_t holder_bytes = 104;
    return (holder_bytes + packed_bytes + unit_bytes - 1) / unit_bytes;
}

// How many entries of one table may leave their window after one record: it bounds the pause.
inline constexpr int expiries_max = 16;

// The oldest entries of a recency_table whose values say when they were written, by `erase`.
template <class Table, class Erase>
void expire(Table const& table, seconds now, seconds window, Erase erase)
{
    for (int gone = 0; gone < expiries_max; ++gone) {
        auto const* oldest = table.oldest();
        if (!oldest || in_window(oldest->value.at, now, window))
            return;
        erase(key(oldest->key));
    }
}

}  // namespace bbstream::state
