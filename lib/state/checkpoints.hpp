// The checkpoints of the fold's state: a file a shard, which takes effect only when the sink's cursor has passed it.
//
// So state may lag the cursor, never lead it: a start folds again what came after. Some older ones are kept, so that a
// stretch of the journal can be folded again from near its beginning. Bytes and names: FORMAT.md.
#pragma once

#include "base/failure.hpp"
#include "journal/journal.hpp"
#include "state/checkpoint_files.hpp"
#include "state/state.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bbstream::state {

enum class shard_outcome : std::uint8_t {
    loaded,
    missing,         // there is no such file: at the first start, of all of them
    damaged,         // its bytes are not what was written
    other_identity,  // it belongs to another journal
    other_version,   // it was written in another format
};

struct shard_report {
    shard_outcome outcome = shard_outcome::missing;
    std::uint64_t applied = 0;  // 0 unless loaded
    std::string why;            // for people: what is wrong with the newest one; empty when nothing is
};

// What a start finds. A checkpoint that can't be used leaves its place to the one before it. Shards that were not
// loaded are empty and need the journal from its first record; what the journal no longer holds can't be rebuilt for
// them: duplicates and gaps with it go unnoticed.
struct load_report {
    std::array<shard_report, shard_count> shards;

    std::size_t count(shard_outcome which) const;
};

class checkpoints {
   public:
    // The directory must exist.
    checkpoints(std::string directory, journal::identity const& journal);

    // Replaces the state by the newest in the directory that is not beyond `at_most`, and removes what is newer than
    // those, for good. Errors: io for a file that is there and can't be read, which says nothing of its bytes.
    result<load_report> load(state& into, std::uint64_t at_most = UINT64_MAX);

    // Replaces the state by what a fold needs to begin as near before the record behind `at_most` as it can, in a
    // journal that begins with `journal_first`; of a shard that has none such, by one that is beyond. Touches nothing
    // in the directory: a daemon may be writing there. Errors: as load.
    result<load_report> look(state& into, std::uint64_t at_most, std::uint64_t journal_first) const;

    // Prepares the shard's next checkpoint: durable, but of no effect yet. Does nothing (false) while an earlier one
    // waits to take effect, or where the shard holds no more than what is in effect. Errors: io.
    result<bool> write(state const& from, std::size_t shard);

    // Everything through `committed` is in the sink: what was prepared up to there takes effect. Of its predecessors
    // those stay that are worth it (dispensable()) in a journal that begins with `journal_first`.
    // Errors: io; it may be repeated.
    result<void> take_effect(std::uint64_t committed, std::uint64_t journal_first);

    // Of what is in effect: the records through `lowest_applied` are needed no more. 0 where a shard has none.
    std::uint64_t lowest_applied() const;
    std::uint64_t highest_applied() const;

   private:
    struct slot {
        std::uint64_t effective = 0;
        std::vector<std::uint64_t> older;  // ascending
        std::optional<std::uint64_t> prepared;
        bool renamed = false;  // the prepared one has its name, though perhaps not for good yet
    };

    std::string path(std::size_t shard, std::uint64_t applied) const
    {
        return checkpoint_path(directory_, shard, applied);
    }
    std::string new_path(std::size_t shard) const { return new_checkpoint_path(directory_, shard); }
    result<shard_report> load_first(std::size_t shard, std::vector<std::uint64_t> const& order, state& into) const;
    result<shard_report> load_one(std::size_t shard, std::uint64_t applied, state& into) const;
    void keep_loaded(std::size_t shard, std::vector<std::uint64_t> all, std::uint64_t loaded);
    void succeed(std::size_t shard, std::uint64_t journal_first);

    std::string const directory_;
    journal::identity const journal_;
    std::array<slot, shard_count> slots_;
    std::string buffer_;
};

}  // namespace bbstream::state
