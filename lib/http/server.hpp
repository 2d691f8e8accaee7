// The webhook listener: HTTP/1.1 over TLS, one reactor a core.
#pragma once

#include "base/failure.hpp"
#include "config/config.hpp"
#include "http/handler.hpp"
#include "observe/metrics.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bbstream::http {

class reactor;
struct listener_state;

class server {
   public:
    // `reactors` = 0: as many as there are cores. `make_handler` is called once a reactor, in start().
    server(config::ingest limits, handler_factory make_handler, observe::metrics& metrics, std::size_t reactors = 0);
    // Stops without grace.
    ~server();
    server(server const&) = delete;
    server& operator=(server const&) = delete;

    // Binds, loads the certificate, starts the threads. Errors: invalid for what is configured wrongly, or when
    // SIGPIPE is not ignored (OpenSSL writes by write(2)); io for what the system refuses.
    result<void> start();

    // The TCP port that start() bound; 0 for other sockets.
    std::uint16_t port() const { return port_; }

    // Whether every reactor's event loop came round in the last seconds. Any thread, after start().
    bool turning() const;
    std::size_t connections() const;

    // Reads certificate and key again, for new connections. On an error the former pair stays in use. Any thread.
    result<void> reload_certificate();

    // Refuses new connections, ends idle ones, lets requests in progress be answered for so long, then ends all and
    // joins the threads. The journal must still be running: requests that were handed to it are waited for.
    void stop(std::chrono::milliseconds grace);

   private:
    std::unique_ptr<listener_state> shared_;
    handler_factory make_handler_;
    observe::metrics& metrics_;
    std::size_t const count_;
    std::uint16_t port_ = 0;
    std::string path_;
    std::vector<std::unique_ptr<reactor>> reactors_;
};

}  // namespace bbstream::http
