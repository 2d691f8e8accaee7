// A token bucket (how many requests a credential may send) and what Bitbucket says is left. No clock of its own.
#pragma once

#include "rest/message.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace bbstream::rest {

using instant = std::chrono::steady_clock::time_point;

struct budget {
    double per_second = 1000.0 / 3600;
    double burst = 100;  // what may be sent at once after a quiet time
};

class token_bucket {
   public:
    // Full at `now`.
    token_bucket(budget limits, instant now);

    // Takes one token if there is one, and so many more, which stay for others.
    bool take(instant now, double kept = 0);
    // When so many can have been taken; `now` or earlier where they are there.
    instant ready_at(double tokens = 1) const;
    // Nothing is given out before: Bitbucket has asked for a pause.
    void pause_until(instant when);

   private:
    void refill(instant now);

    budget limits_;
    double tokens_;
    instant filled_;
    instant paused_until_{};
};

// Of Cloud's limits, which count the hour that has passed: a reset that is further away is none.
inline constexpr std::chrono::seconds reset_max{3600};

// The rate headers of an answer, where there are any that make sense. Atlassian documents the limit of an hour and that
// it is nearly used up, for some credentials, and promises neither.
struct allowance {
    std::optional<std::uint64_t> limit;
    std::optional<std::uint64_t> remaining;
    std::optional<std::chrono::seconds> reset;  // until more remain
    bool nearly_used_up = false;                // less than a fifth is left
};
// The flag that is documented goes before the count that is not.
allowance read_allowance(response const& from);

}  // namespace bbstream::rest
