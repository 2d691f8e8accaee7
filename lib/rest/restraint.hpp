// How requests that are not urgent give way where Bitbucket says that the limit of the credential is nearly used up,
// which others may use, too. No clock of its own.
#pragma once

#include "rest/budget.hpp"

#include <chrono>

namespace bbstream::rest {

// Of the rate, no more than what is left of an hour's limit when Cloud begins to say that little is.
inline constexpr double restrained_share = 0.2;
// After the last answer that said so.
inline constexpr std::chrono::seconds restrained_for{300};

class restraint {
   public:
    // What they may send in a second where nothing restrains them.
    explicit restraint(double per_second) : usual_(per_second), restrained_(per_second * restrained_share) {}

    // What an answer said.
    void note(allowance const& said, instant now);
    // One of them was sent.
    void note_sent(instant now) { latest_ = now; }

    bool holds(instant now) const { return now < until_; }
    // What they may send in a second now.
    double per_second(instant now) const { return holds(now) ? restrained_ : usual_; }
    // When the next one may be sent; in the past: at once.
    instant ready_at() const;

   private:
    double const usual_;
    double restrained_;
    instant latest_{};
    instant until_{};
    instant nothing_since_{};  // remains
    instant nothing_until_{};
};

}  // namespace bbstream::rest
