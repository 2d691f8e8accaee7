// The service manager's protocol, one datagram a message (sd_notify(3)); nothing where no manager listens.
#pragma once

#include "base/file.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace bbstream::daemon {

class service_notifier {
   public:
    // Takes $NOTIFY_SOCKET (a path, or an abstract name after '@') and $WATCHDOG_USEC, which counts only where
    // $WATCHDOG_PID is this process or absent.
    service_notifier();

    void ready(std::string_view status) const;
    void stopping(std::string_view status) const;
    void watchdog() const;

    // How often watchdog() is wanted: half of what the manager waits. Nothing where it keeps no watch.
    std::optional<std::chrono::microseconds> watchdog_interval() const { return watchdog_interval_; }

   private:
    void send(std::string const& message) const;

    std::string address_;
    // From the start on: later there may be no descriptor left, and the watchdog still wants to know.
    unique_fd socket_;
    std::optional<std::chrono::microseconds> watchdog_interval_;
};

}  // namespace bbstream::daemon
