// What bbstream says of itself: what Bitbucket did not deliver, and how it was looked for.
#pragma once

#include "event/objects.hpp"

#include <cstdint>

namespace bbstream::event {

// system.gap_detected
struct gap_detected {
    event::ref ref;
    text known_sha;
    text old_sha;
    text new_sha;
    std::string_view reason = "chain";  // chain, poll, truncated, too_large
};

// The scope of a backfill that somebody has asked for; of others it is a ref, or `repository`.
inline constexpr std::string_view history_scope = "history";

// system.backfill_started
struct backfill_started {
    std::string_view scope;
    std::uint64_t run = 0;  // the journal's sequence of the record that opened it
    std::string_view reason;
};

// system.backfill_finished
struct backfill_finished {
    std::string_view scope;
    std::uint64_t run = 0;
    std::string_view outcome = "filled";  // filled, unfillable
    std::uint64_t found = 0;
    std::uint64_t unfillable = 0;
};

}  // namespace bbstream::event
