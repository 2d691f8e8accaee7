// The fold: (state, record) -> (events, new state). It has no clock, does no I/O and knows no randomness, so the same
// records give the same events, wherever it was restarted.
#pragma once

#include "event/event.hpp"
#include "journal/record.hpp"
#include "state/state.hpp"

#include <cstdint>
#include <memory>
#include <span>

namespace bbstream::normalize {

// What happened to records that gave no event, or another one than one would think. Since the fold was made.
struct fold_counts {
    std::uint64_t repeated_deliveries = 0;  // retries and second hooks
    std::uint64_t reused_delivery_ids = 0;  // with another body: processed all the same
    std::uint64_t repeated_changes = 0;     // ref changes that were published before
    std::uint64_t repeated_facts = 0;       // other facts that were published before
    std::uint64_t late_changes = 0;
    std::uint64_t reconstructed_changes = 0;  // found by looking
    std::uint64_t gaps = 0;                   // ref changes before which, or in which, something is missing
    std::uint64_t empty_pushes = 0;           // they tell that something changed, not what
    std::uint64_t pings = 0;                  // Data Center's diagnostics:ping says nothing
    std::uint64_t named_repositories = 0;     // records whose repository is known by its name only
    std::uint64_t failed_records = 0;         // dead letters: an exception ended their folding
    std::uint64_t unknown_keys = 0;           // unknown.received, by reason
    std::uint64_t missing_fields = 0;
    std::uint64_t type_mismatches = 0;
};

class record_fold;

class fold {
   public:
    explicit fold(state::state& into);
    ~fold();

    // The events of one record, in their order; valid until the next call. Nothing for a record that the state holds
    // already. Records come in order of sequence. No body makes it throw.
    std::span<event::event const> apply(journal::record const& record);

    // Whether the last record has shown something to be missing that is to be asked for.
    bool requests() const;

    fold_counts const& counts() const;

   private:
    std::unique_ptr<record_fold> impl_;
};

}  // namespace bbstream::normalize
