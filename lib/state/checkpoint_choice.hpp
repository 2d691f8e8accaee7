// Which of a shard's checkpoints are kept, and which one a fold begins with: pure decisions over their `applied`.
//
// Lists of them are in ascending order. `journal_first` is the first record that the journal still has: a fold can
// begin with a checkpoint only if the record behind it is there, and begins with nothing where the journal is whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bbstream::state {

inline constexpr std::size_t older_checkpoints_max = 8;  // a shard, beside the one in effect

// Those of `older` that may go: no fold can begin with them any more, or more are kept than older_checkpoints_max. Then
// those go whose neighbors are closest, so that the rest is spread over what the journal has.
std::vector<std::uint64_t> dispensable(std::vector<std::uint64_t> older, std::uint64_t in_effect,
                                       std::uint64_t journal_first);

// Those that a fold can begin with, the best first, when nothing beyond `at_most` should be in it: the newest one that
// is not beyond; where the journal is not whole, then the oldest one that is.
std::vector<std::uint64_t> in_order_of_use(std::vector<std::uint64_t> const& all, std::uint64_t at_most,
                                           std::uint64_t journal_first);

}  // namespace bbstream::state
