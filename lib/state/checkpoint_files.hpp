// The names of checkpoints: shard-07.0000000000000001042.checkpoint is what shard 7 holds through record 1042, and
// shard-07.new one that is being written.
#pragma once

#include "base/failure.hpp"
#include "state/state.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace bbstream::state {

std::string checkpoint_path(std::string const& directory, std::size_t shard, std::uint64_t applied);
std::string new_checkpoint_path(std::string const& directory, std::size_t shard);

// Of each shard, the `applied` of its checkpoints, in ascending order; none where there is no directory.
using checkpoint_lists = std::array<std::vector<std::uint64_t>, shard_count>;

// Errors: io.
result<checkpoint_lists> list_checkpoints(std::string const& directory);

}  // namespace bbstream::state
