// Whether looking for what was missed must wait: webhooks come first.
#pragma once

#include "base/time.hpp"
#include "journal/journal.hpp"

#include <cstdint>

namespace bbstream::backfill {

// The fold may be so many records behind the journal.
inline constexpr std::uint64_t records_behind_max = 10'000;
// Or, with records to fold, so long behind what is received.
inline constexpr micros time_behind_max = 60 * 1'000'000ll;

struct pressure {
    journal::journal_status journal;
    std::uint64_t applied = 0;   // folded through here
    micros folded_received = 0;  // when the last record that is folded was received; 0 before the first one
    micros now = 0;
    std::uint64_t committed = 0;  // published through here
    std::uint64_t journal_bytes_max = 0;
    double journal_share_max = 0.5;
};

bool must_wait(pressure const& now);

}  // namespace bbstream::backfill
