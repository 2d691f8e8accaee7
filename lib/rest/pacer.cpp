#include "rest/pacer.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>

namespace bbstream::rest {
namespace {

using clock = std::chrono::steady_clock;

// Shorter waits are no news.
constexpr std::chrono::seconds unnoticed{3};
// Requests of other processes that the next ones are kept for, and live ones of this one before them.
constexpr std::ptrdiff_t kept_for_others_max = 32;

}  // namespace

// Among those that wait, behind all that are as urgent; also when the coroutine is cancelled.
class pacer::place {
   public:
    place(pacer& of, priority urgency) : of_(of)
    {
        auto const behind =
            std::ranges::find_if(of.waiting_, [&](waiter const& each) { return each.urgency > urgency; });
        at_ = of.waiting_.emplace(behind, waiter{urgency, timer(of.on_)});
    }
    ~place()
    {
        of_.waiting_.erase(at_);
        of_.wake_first();
    }
    place(place const&) = delete;
    place& operator=(place const&) = delete;

    bool is_first() const { return at_ == of_.waiting_.begin(); }
    timer& wake() const { return at_->wake; }

   private:
    pacer& of_;
    std::list<waiter>::iterator at_;
};

pacer::pacer(net::executor on, budget limits, announcement announce, leave_source lender)
    : on_(on), bucket_(limits, clock::now()), announce_(std::move(announce)), lender_(std::move(lender))
{
}

net::task<bool> pacer::admit(priority urgency)
{
    place const mine(*this, urgency);
    co_return co_await wait_at(mine);
}

net::task<bool> pacer::wait_at(place const& mine)
{
    while (!stopped_) {
        bool const first = mine.is_first();
        if (first)
            ask_for_leave();
        auto const now = clock::now();
        if (first && take(now))
            co_return true;
        if (first)
            announce_wait(now);
        // Whoever is not the first sleeps until the one before leaves.
        mine.wake().expires_at(first ? ready_at() : instant::max());
        co_await mine.wake().async_wait(net::as_result);
    }
    co_return false;
}

leave pacer::lend(unsigned wanted)
{
    auto const now = clock::now();
    auto const before = waiting_live();
    leave given;
    while (before == 0 && given.requests < wanted && bucket_.take(now))
        ++given.requests;
    if (given.requests > 0 || stopped_)
        return given;
    auto const ready = bucket_.ready_at(static_cast<double>(before + 1));
    given.wait = std::chrono::ceil<std::chrono::milliseconds>(std::max(ready - now, instant::duration(0)));
    if (before >= kept_for_others_max)
        return given;
    given.requests = 1;
    boost::asio::co_spawn(on_, keep_for_another(std::make_unique<place>(*this, priority::live)), boost::asio::detached);
    return given;
}

// Takes what lend() has promised when its turn comes.
net::task<void> pacer::keep_for_another(std::unique_ptr<place> mine)
{
    co_await wait_at(*mine);
}

std::ptrdiff_t pacer::waiting_live() const
{
    return std::ranges::count(waiting_, priority::live, &waiter::urgency);
}

void pacer::ask_for_leave()
{
    if (lender_ && leave_.must_ask(clock::now()))
        leave_.note(lender_(leave_.wanted()), clock::now());
}

bool pacer::take(instant now)
{
    if (leave_.is_given())
        return now >= paused_until_ && leave_.take(now);
    return bucket_.take(now);
}

instant pacer::ready_at() const
{
    return leave_.is_given() ? std::max(paused_until_, leave_.ready_at()) : bucket_.ready_at();
}

void pacer::announce_wait(instant now)
{
    auto const until = ready_at();
    if (until - now < unnoticed || until <= announced_until_)
        return;
    announced_until_ = until;
    if (announce_)
        announce_(std::chrono::ceil<std::chrono::milliseconds>(until - now), paused_until_ > now
                                                                                 ? wait_reason::bitbucket
                                                                             : leave_.is_given() ? wait_reason::daemon
                                                                                                 : wait_reason::budget);
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
