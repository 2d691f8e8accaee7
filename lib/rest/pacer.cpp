#include "rest/pacer.hpp"

#include <algorithm>

namespace bbstream::rest {
namespace {

// Shorter waits are no news.
constexpr std::chrono::seconds unnoticed{3};

}  // namespace

pacer::pacer(net::executor on, budget limits, announcement announce)
    : on_(on), bucket_(limits, std::chrono::steady_clock::now()), announce_(std::move(announce))
{
}

net::task<bool> pacer::admit(priority urgency)
{
    // Also when the coroutine is cancelled.
    struct leaving {
        pacer& of;
        std::list<waiter>::iterator mine;
        ~leaving()
        {
            of.waiting_.erase(mine);
            of.wake_first();
        }
    };
    auto const behind =
        std::find_if(waiting_.begin(), waiting_.end(), [&](waiter const& each) { return each.urgency > urgency; });
    auto const mine = waiting_.emplace(behind, waiter{urgency, timer(on_)});
    leaving const guard{*this, mine};
    bool admitted = false;
    while (!stopped_ && !admitted) {
        auto const now = std::chrono::steady_clock::now();
        bool const first = mine == waiting_.begin();
        admitted = first && bucket_.take(now);
        if (admitted)
            break;
        if (first)
            announce_wait(now);
        // Whoever is not the first sleeps until the one before leaves.
        mine->wake.expires_at(first ? bucket_.ready_at() : instant::max());
        co_await mine->wake.async_wait(net::as_result);
    }
    co_return admitted;
}

void pacer::announce_wait(instant now)
{
    auto const until = bucket_.ready_at();
    if (until - now < unnoticed || until <= announced_until_)
        return;
    announced_until_ = until;
    if (announce_)
        announce_(std::chrono::ceil<std::chrono::milliseconds>(until - now), paused_until_ > now);
}

void pacer::pause_until(instant when)
{
    paused_until_ = std::max(paused_until_, when);
    bucket_.pause_until(when);
}

void pacer::wake_first()
{
    if (!waiting_.empty())
        waiting_.front().wake.cancel();
}

void pacer::stop()
{
    stopped_ = true;
    for (auto& each : waiting_)
        each.wake.cancel();
}

}  // namespace bbstream::rest
