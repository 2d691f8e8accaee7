// The admin listener: /livez, /readyz and /metrics for people and scrapers.
#pragma once

#include "base/failure.hpp"

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace bbstream::daemon {

struct admin_answer {
    bool ok = true;    // 200, else 503
    std::string json;  // one object
};

// What the listener shows; called on its io_context's thread.
struct admin_sources {
    std::function<admin_answer()> livez;
    std::function<admin_answer()> readyz;
    std::function<std::string()> metrics;  // Prometheus text format 0.0.4
};

// Reading from elsewhere than loopback needs `Authorization: Bearer <token>`, and is refused where no token is set.
class admin_listener {
   public:
    // Errors: invalid for an address that can't be read; io, naming it, where it can't be bound.
    static result<std::unique_ptr<admin_listener>> open(boost::asio::io_context& io, std::string const& listen,
                                                        std::string token, admin_sources sources);
    ~admin_listener();

    std::uint16_t port() const;
    // Ends the listener and its connections.
    void close();

   private:
    struct state;
    explicit admin_listener(std::shared_ptr<state> of);
    std::shared_ptr<state> state_;
};

}  // namespace bbstream::daemon
