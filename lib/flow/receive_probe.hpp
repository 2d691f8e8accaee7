// What receiving counts, by instance, event key and outcome.
#pragma once

#include "observe/metrics.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::flow {

enum class received : std::uint8_t { accepted, ping, unauthorized, malformed, unavailable };

inline constexpr std::size_t received_count = static_cast<std::size_t>(received::unavailable) + 1;

// Not for use by several threads at once: one a reactor. Counters are made when first needed, once, and only for the
// event keys that Bitbucket is known to send; others count as "other", so that a stranger cannot grow the metrics.
class receive_probe {
   public:
    receive_probe(observe::metrics& metrics, std::string instance);

    void count(std::string_view event_key, received outcome);

    // From a delivery being whole until it is durable, or refused by the journal.
    void acknowledged(std::chrono::steady_clock::duration took) const;

   private:
    observe::metrics* metrics_;
    std::string instance_;
    observe::histogram ack_seconds_;
    std::vector<std::optional<observe::counter>> counters_;  // by key, then outcome
};

}  // namespace bbstream::flow
