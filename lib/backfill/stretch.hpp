// How far looks have stretched: `interval` and `reconcile` are minima, and the budget decides what becomes of them. No
// clock of its own.
#pragma once

#include "config/config.hpp"

#include <chrono>
#include <cstddef>
#include <string>

namespace bbstream::backfill {

// Of one instance.
struct stretch {
    std::string instance;
    std::size_t repositories = 0;
    std::chrono::milliseconds overdue{0};  // the look that is overdue for longest; 0: all are in time
    std::chrono::milliseconds cycle{0};    // that one look at each repository takes at the budget
};

// A look that has ended so long after it was due is in time: looking takes a while, too.
std::chrono::milliseconds late_after(config::backfill const& how);

// So many requests at so many a second; bounded, for a rate next to nothing.
std::chrono::milliseconds cycle_time(double requests, double per_second);

// Whether looks come late, which does not change with every look.
class lateness {
   public:
    explicit lateness(std::chrono::milliseconds late) : late_after_(late) {}

    // The look that is due for longest, and has not ended, is due for so long; true: that changes whether they are
    // late.
    bool note(std::chrono::milliseconds due_for);
    bool is_late() const { return late_; }

   private:
    std::chrono::milliseconds const late_after_;
    bool late_ = false;
};

// For people: whether looks are in time, and what becomes of `interval` and `reconcile` where they are not.
std::string stretch_text(stretch const& now, config::backfill const& how);

}  // namespace bbstream::backfill
