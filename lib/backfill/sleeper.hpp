// Waiting that ends at the stop.
#pragma once

#include "net/task.hpp"

#include <boost/asio/basic_waitable_timer.hpp>

#include <chrono>
#include <list>

namespace bbstream::backfill {

using timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                boost::asio::wait_traits<std::chrono::steady_clock>, net::executor>;

// Of one thread; outlives its coroutines.
class sleeper {
   public:
    explicit sleeper(net::executor on) : on_(on) {}

    // False when it was ended by stop().
    net::task<bool> sleep(std::chrono::milliseconds time);
    // All that sleep wake up, now: something has changed.
    void wake();
    void stop();
    bool stopped() const { return stopped_; }

   private:
    net::executor on_;
    std::list<timer> sleeping_;
    bool stopped_ = false;
};

}  // namespace bbstream::backfill
