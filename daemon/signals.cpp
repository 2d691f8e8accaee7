#include "daemon/signals.hpp"

#include <csignal>
#include <utility>

namespace bbstream::daemon {

void ignore_broken_pipes()
{
    std::signal(SIGPIPE, SIG_IGN);
}

signals::signals(boost::asio::io_context& io, std::function<void(int)> stop, std::function<void()> reload)
    : ending_(io, SIGTERM, SIGINT), reloading_(io, SIGHUP), stop_(std::move(stop)), reload_(std::move(reload))
{
    wait_for_stop();
    wait_for_reload();
}

void signals::wait_for_stop()
{
    ending_.async_wait([this](boost::system::error_code error, int number) {
        if (error)
            return;
        // From here on the system's own way: the next one ends the process, even while this thread is busy stopping.
        ending_.clear();
        stop_(number);
    });
}

void signals::wait_for_reload()
{
    reloading_.async_wait([this](boost::system::error_code error, int) {
        if (error)
            return;
        reload_();
        wait_for_reload();
    });
}

}  // namespace bbstream::daemon
