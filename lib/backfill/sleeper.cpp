#include "backfill/sleeper.hpp"

namespace bbstream::backfill {

net::task<bool> sleeper::sleep(std::chrono::milliseconds time)
{
    struct leaving {
        std::list<timer>& all;
        std::list<timer>::iterator mine;
        ~leaving() { all.erase(mine); }
    };
    if (stopped_)
        co_return false;
    leaving const guard{sleeping_, sleeping_.emplace(sleeping_.end(), on_, time)};
    co_await guard.mine->async_wait(net::as_result);
    co_return !stopped_;
}

void sleeper::wake()
{
    for (auto& each : sleeping_)
        each.cancel();
}

void sleeper::stop()
{
    stopped_ = true;
    wake();
}

}  // namespace bbstream::backfill
