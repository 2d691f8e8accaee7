// Lets requests go one by one as the budget allows, the more urgent ones first.
#pragma once

#include "net/task.hpp"
#include "rest/leave.hpp"

#include <boost/asio/basic_waitable_timer.hpp>

#include <cstddef>
#include <list>
#include <memory>

namespace bbstream::rest {

using timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                boost::asio::wait_traits<std::chrono::steady_clock>, net::executor>;

enum class wait_reason : std::uint8_t {
    budget,     // one's own is used up
    daemon,     // the daemon's is, whose leave is needed
    bitbucket,  // it has asked for a pause
};

// Of one thread, that of its executor; outlives the coroutines that it admits, and those that lend() begins.
class pacer {
   public:
    // Before a wait that people would notice.
    using announcement = std::function<void(std::chrono::milliseconds, wait_reason)>;

    // `lender`: whom to ask for leave, as a command does; empty: nobody. Where it gives none `limits` count.
    pacer(net::executor on, budget limits, announcement announce, leave_source lender = nullptr);

    // Completes when a request may be sent; false after stop().
    net::task<bool> admit(priority urgency);
    void pause_until(instant when);
    void stop();

    // Leave for another process, which sends as a `live` request does: as many of those that it wants as are there;
    // else one, for which the next is kept; none where too many wait for that.
    leave lend(unsigned wanted);

   private:
    struct waiter {
        priority urgency;
        timer wake;
    };
    class place;

    net::task<bool> wait_at(place const& mine);
    net::task<void> keep_for_another(std::unique_ptr<place> mine);
    void ask_for_leave();
    bool take(instant now);
    instant ready_at() const;
    std::ptrdiff_t waiting_live() const;
    void wake_first();
    void announce_wait(instant now);

    net::executor on_;
    token_bucket bucket_;
    announcement announce_;
    leave_source lender_;
    leave_book leave_;
    instant announced_until_{};
    instant paused_until_{};
    std::list<waiter> waiting_;  // in the order of going
    bool stopped_ = false;
};

}  // namespace bbstream::rest
