// Looks for what webhooks missed, at all instances that a credential is configured for, on a thread of its own.
#pragma once

#include "backfill/poller.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <string_view>
#include <thread>
#include <vector>

namespace bbstream::backfill {

class polling {
   public:
    // `configuration` outlives it. An instance whose credential can't be used is left out, which is said: webhooks are
    // received all the same.
    polling(config::config const& configuration, journal::journal& journal, questions::ask_function const& ask,
            std::function<pressure()> const& pressed, observe::metrics& metrics);
    ~polling();

    void start();
    // Ends what is in progress; what is journaled by then goes on from there at the next start.
    void stop();

    // A webhook shows that something is missing in a repository. Any thread.
    void note_missing(std::string_view instance, std::string_view repository);

   private:
    struct polled {
        std::string instance;
        std::unique_ptr<poller> by;
    };

    boost::asio::io_context io_{1};
    std::vector<polled> pollers_;
    std::thread thread_;
};

}  // namespace bbstream::backfill
