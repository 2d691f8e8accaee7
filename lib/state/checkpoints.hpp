// The checkpoints of the fold's state: one file a shard, which takes effect only when the sink's cursor has passed it.
//
// So state may lag the cursor, never lead it: a start folds again what came after. Bytes: FORMAT.md.
#pragma once

#include "base/failure.hpp"
#include "journal/journal.hpp"
#include "state/state.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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
    std::string why;            // for people; empty when loaded or missing
};

// What a start finds. Shards that were not loaded are empty and need the journal from its first record; what the
// journal no longer holds can't be rebuilt for them: duplicates and gaps with it go unnoticed.
struct load_report {
    std::array<shard_report, shard_count> shards;

    std::size_t count(shard_outcome which) const;
};

class checkpoints {
   public:
    // The directory must exist.
    checkpoints(std::string directory, journal::identity const& journal);

    // Replaces the state by what lies in the directory. Errors: io for a file that is there and can't be read, which
    // says nothing of its bytes.
    result<load_report> load(state& into);

    // The same beside a daemon that writes them: nothing in the directory is touched.
    result<load_report> look(state& into) const;

    // Prepares the shard's next checkpoint: durable, but of no effect yet. Does nothing while an earlier one waits to
    // take effect, or where the shard holds no more than what is in effect. Errors: io.
    result<void> write(state const& from, std::size_t shard);

    // Everything through `committed` is in the sink: what was prepared up to there takes its predecessor's place.
    // Errors: io; it may be repeated.
    result<void> take_effect(std::uint64_t committed);

    // Of what is in effect: the records through `lowest_applied` are needed no more. 0 where a shard has none.
    std::uint64_t lowest_applied() const;
    std::uint64_t highest_applied() const;

    // Removes all checkpoints, after the state was cleared.
    void forget();

   private:
    struct slot {
        std::uint64_t effective = 0;
        std::optional<std::uint64_t> prepared;
        bool renamed = false;  // the prepared one has its name, though perhaps not for good yet
    };

    std::string path(std::size_t shard) const;
    std::string new_path(std::size_t shard) const { return path(shard) + ".new"; }
    result<shard_report> load_shard(std::size_t shard, state& into) const;

    std::string const directory_;
    journal::identity const journal_;
    std::array<slot, shard_count> slots_;
    std::string buffer_;
};

}  // namespace bbstream::state
