// The part of the poller that sees how far looks have stretched.
#include "backfill/poller.hpp"

#include <algorithm>

namespace bbstream::backfill {

// Beside the loop, which a listing may hold up for long.
net::task<void> poller::watch_stretch()
{
    using std::chrono::milliseconds;
    using clock = std::chrono::steady_clock;
    constexpr milliseconds pause{1'000};
    for (bool goes_on = true; goes_on; goes_on = co_await until_stop_.sleep(pause)) {
        auto const now = clock::now();
        auto const since = std::min(now, schedule_.longest_due().value_or(now));
        stretch_.note(std::chrono::duration_cast<milliseconds>(now - since), schedule_.size(),
                      static_cast<double>(expect(schedule_.size(), false).requests),
                      over_.client->background_per_second());
    }
}

}  // namespace bbstream::backfill
