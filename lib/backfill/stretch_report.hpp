// Tells how far the looks at an instance have stretched: gauges, a line of the log when they come late and when they no
// longer do, and the latest for whoever asks.
#pragma once

#include "backfill/stretch.hpp"
#include "observe/metrics.hpp"

#include <mutex>

namespace bbstream::backfill {

class stretch_report {
   public:
    // `how` outlives it.
    stretch_report(std::string const& instance, config::backfill const& how, observe::metrics& metrics);

    // The look that is due for longest is due for so long; one at each repository takes so many requests, of which so
    // many may go in a second. Of one thread.
    void note(std::chrono::milliseconds due_for, std::size_t repositories, double requests, double per_second);

    // Any thread.
    stretch latest() const;
    // The same for people.
    std::string text() const { return stretch_text(latest(), how_); }

   private:
    void tell_change(stretch const& now) const;

    config::backfill const& how_;
    observe::gauge overdue_;
    observe::gauge cycle_;
    lateness lateness_;
    mutable std::mutex mutex_;
    stretch latest_;
};

}  // namespace bbstream::backfill
