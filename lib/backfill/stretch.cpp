#include "backfill/stretch.hpp"

#include "rest/wait_text.hpp"

#include <algorithm>

namespace bbstream::backfill {

namespace {

using std::chrono::milliseconds;

// Of `grace`, which a look may wait for several times: where something differs, and again for each kind of thing.
constexpr int graces_of_a_look = 10;
// Looks that were late are in time again below this share of what makes them late, so that it is not told at each pass.
constexpr int in_time_share = 2;
constexpr std::chrono::hours cycle_longest{24 * 366};

std::string become(char const* name, milliseconds configured, milliseconds overdue)
{
    return std::string(name) + ' ' + rest::wait_text(configured) + " is up to " + rest::wait_text(configured + overdue);
}

}  // namespace

milliseconds late_after(config::backfill const& how)
{
    return std::max(std::min(how.interval, how.reconcile), graces_of_a_look * how.grace);
}

milliseconds cycle_time(double requests, double per_second)
{
    using fractional = std::chrono::duration<double>;
    auto const longest = fractional(cycle_longest).count();
    double const seconds = per_second * longest > requests ? requests / per_second : longest;
    return std::chrono::round<milliseconds>(fractional(seconds));
}

bool lateness::note(milliseconds due_for)
{
    bool const before = late_;
    late_ = due_for > (before ? late_after_ / in_time_share : late_after_);
    return late_ != before;
}

std::string stretch_text(stretch const& now, config::backfill const& how)
{
    if (now.repositories == 0)
        return "no repository is known so far";
    auto const cycle = "one at each of " + std::to_string(now.repositories) + " repositories takes " +
                       rest::wait_text(now.cycle) + " of the budget";
    if (now.overdue == milliseconds(0))
        return "looks are in time: " + cycle;
    return "looks come up to " + rest::wait_text(now.overdue) +
           " late: " + become("interval", how.interval, now.overdue) + ", " +
           become("reconcile", how.reconcile, now.overdue) + "; " + cycle;
}

}  // namespace bbstream::backfill
