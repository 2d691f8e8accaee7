// Lets requests go one by one as the budget allows, the more urgent ones first.
#pragma once

#include "net/task.hpp"
#include "rest/budget.hpp"

#include <boost/asio/basic_waitable_timer.hpp>

#include <list>

namespace bbstream::rest {

using timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                boost::asio::wait_traits<std::chrono::steady_clock>, net::executor>;

// Of one thread, that of its executor; outlives the coroutines that it admits.
class pacer {
   public:
    // Before a wait that people would notice: how long, and whether Bitbucket has asked for it.
    using announcement = std::function<void(std::chrono::milliseconds, bool asked)>;

    pacer(net::executor on, budget limits, announcement announce);

    // Completes when a request may be sent; false after stop().
    net::task<bool> admit(priority urgency);
    void pause_until(instant when);
    void stop();

   private:
    struct waiter {
        priority urgency;
        timer wake;
    };

    void wake_first();
    void announce_wait(instant now);

    net::executor on_;
    token_bucket bucket_;
    announcement announce_;
    instant announced_until_{};
    instant paused_until_{};
    std::list<waiter> waiting_;  // in the order of going
    bool stopped_ = false;
};

}  // namespace bbstream::rest
