#include "rest/pacer.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <cmath>

namespace bbstream::rest {
namespace {

using clock = std::chrono::steady_clock;

// Shorter waits are no news.
constexpr std::chrono::seconds unnoticed{3};
// Requests of other processes that the next ones are kept for, and live ones of this one before them.
constexpr std::ptrdiff_t kept_for_others_max = 32;
// Of the burst, which what is not urgent leaves to what is: people wait for that.
constexpr double kept_for_live = 0.1;

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
    priority urgency() const { return at_->urgency; }
    timer& wake() const { return at_->wake; }

   private:
    pacer& of_;
    std::list<waiter>::iterator at_;
};

pacer::pacer(net::executor on, budget limits, announcement announce, leave_source lender,
             std::chrono::milliseconds patience)
    : on_(on),
      limits_(limits),
      bucket_(limits, clock::now()),
      restraint_(limits.per_second),
      announce_(std::move(announce)),
      lender_(std::move(lender)),
      patience_(patience)
{
}

net::task<bool> pacer::admit(priority urgency)
{
    place const mine(*this, urgency);
    co_return co_await wait_at(mine);
}

net::task<bool> pacer::wait_at(place const& mine)
{
    std::optional<instant> first_since;
    while (!stopped_) {
        // Whoever is not the first sleeps until the one before leaves.
        auto until = instant::max();
        if (mine.is_first()) {
            ask_for_leave();
            auto const now = clock::now();
            if (take(now, mine.urgency()))
                co_return true;
            first_since = first_since.value_or(now);
            if (is_too_long(*first_since, now))
                co_return false;
            until = ready_at(mine.urgency());
            announce_wait(now, until);
            until = std::max(until, restrained_until(mine.urgency()));
        }
        mine.wake().expires_at(until);
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

// Leave that is asked for again and again makes one long wait, too.
bool pacer::is_too_long(instant since, instant now)
{
    if (!leave_.is_given() || leave_.ready_at() - since <= patience_)
        return false;
    too_long_ = std::chrono::ceil<std::chrono::milliseconds>(leave_.ready_at() - now);
    return true;
}

// In whole requests, so that a small burst keeps none.
double pacer::kept_from(priority urgency) const
{
    return urgency == priority::live ? 0 : std::floor(limits_.burst * kept_for_live);
}

bool pacer::take(instant now, priority urgency)
{
    if (leave_.is_given())
        return now >= paused_until_ && leave_.take(now);
    if (now < restrained_until(urgency) || !bucket_.take(now, kept_from(urgency)))
        return false;
    if (urgency != priority::live)
        restraint_.note_sent(now);
    return true;
}

// With leave the daemon decides.
instant pacer::restrained_until(priority urgency) const
{
    return urgency == priority::live || leave_.is_given() ? instant() : restraint_.ready_at();
}

instant pacer::ready_at(priority urgency) const
{
    return leave_.is_given() ? std::max(paused_until_, leave_.ready_at()) : bucket_.ready_at(1 + kept_from(urgency));
}

void pacer::announce_wait(instant now, instant until)
{
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

bool pacer::note(allowance const& said)
{
    auto const now = clock::now();
    bool const held = restraint_.holds(now);
    auto const before = restraint_.ready_at();
    restraint_.note(said, now);
    if (restraint_.ready_at() < before)
        wake_first();
    return !held && restraint_.holds(now);
}

double pacer::background_per_second() const
{
    return restraint_.per_second(clock::now());
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
