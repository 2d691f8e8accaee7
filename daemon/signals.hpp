// The process's signals: TERM and INT stop, a second one ends at once, HUP reloads, PIPE is nobody's business.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <functional>

namespace bbstream::daemon {

// Peers that hang up must not end the process: OpenSSL writes by write(2), which would raise SIGPIPE.
void ignore_broken_pipes();

class signals {
   public:
    // Calls back on the io_context's thread. A second TERM or INT kills the process: the journal makes that safe.
    signals(boost::asio::io_context& io, std::function<void(int)> stop, std::function<void()> reload);

   private:
    void wait_for_stop();
    void wait_for_reload();

    boost::asio::signal_set ending_;
    boost::asio::signal_set reloading_;
    std::function<void(int)> stop_;
    std::function<void()> reload_;
};

}  // namespace bbstream::daemon
