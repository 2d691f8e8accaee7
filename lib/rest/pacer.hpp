// Lets requests go one by one as the budget allows, the more urgent ones first.
#pragma once

#include "net/task.hpp"
#include "rest/leave.hpp"
#include "rest/restraint.hpp"

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
    // `patience`: how long a request waits for leave.
    pacer(net::executor on, budget limits, announcement announce, leave_source lender = nullptr,
          std::chrono::milliseconds patience = leave_wait_max);

    // Completes when a request may be sent; false after stop(), and where it would wait too long for leave. What is not
    // `live` leaves a tenth of the burst to what is.
    net::task<bool> admit(priority urgency);
    // How long the latest that has waited too long would have to wait yet; 0: none has.
    std::chrono::milliseconds too_long() const { return too_long_; }
    void pause_until(instant when);
    // What an answer said is left: what is not `live` gives way where that is little. True: it begins to.
    bool note(allowance const& said);
    // What may be sent in a second of what is not `live`.
    double background_per_second() const;
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
    bool take(instant now, priority urgency);
    instant ready_at(priority urgency) const;
    instant restrained_until(priority urgency) const;
    double kept_from(priority urgency) const;
    bool is_too_long(instant since, instant now);
    std::ptrdiff_t waiting_live() const;
    void wake_first();
    void announce_wait(instant now, instant until);

    net::executor on_;
    budget const limits_;
    token_bucket bucket_;
    restraint restraint_;
    announcement announce_;
    leave_source lender_;
    std::chrono::milliseconds const patience_;
    std::chrono::milliseconds too_long_{0};
    leave_book leave_;
    instant announced_until_{};
    instant paused_until_{};
    std::list<waiter> waiting_;  // in the order of going
    bool stopped_ = false;
};

}  // namespace bbstream::rest
