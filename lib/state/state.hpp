// What the fold remembers, in memory: shards by repository, and how far the journal is applied to each.
#pragma once

#include "state/shard.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace bbstream::state {

inline constexpr std::size_t shard_count = 64;

// Used by one thread at a time.
class state {
   public:
    // size_max: bytes of memory. Two thirds bound what may be forgotten; the rest is for the heads of existing refs,
    // which may not (there may be more of them), and for the holes that forgetting leaves.
    explicit state(std::uint64_t size_max);

    bbstream::state::shard& shard(std::size_t which) { return shards_[which].entries; }
    bbstream::state::shard const& shard(std::size_t which) const { return shards_[which].entries; }
    static std::size_t shard_of(key const& repository) { return repository.second % shard_count; }

    // All records through this sequence are applied to this shard, those that do not concern it included.
    std::uint64_t applied(std::size_t which) const;
    // The record of this sequence has been folded, whichever shard it went to.
    void advance(std::uint64_t sequence);
    // The shard was loaded, applied through this sequence.
    void set_loaded(std::size_t which, std::uint64_t sequence) { shards_[which].loaded = sequence; }

    std::uint64_t evicted() const;
    std::size_t shard_bytes(std::size_t which) const { return shards_[which].entries.bytes(); }
    std::size_t bytes() const;

    // Nothing is known, nothing applied.
    void clear();

   private:
    struct slot {
        bbstream::state::shard entries;
        std::uint64_t loaded = 0;
    };
    std::array<slot, shard_count> shards_;
    std::uint64_t position_ = 0;
};

}  // namespace bbstream::state
