// The operator's listener: /livez, /readyz, /metrics and what commands ask the daemon for, over plain HTTP/1.1, meant
// for loopback.
#pragma once

#include "base/failure.hpp"

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace bbstream::daemon {

struct admin_answer {
    unsigned status = 200;  // of HTTP: 400 for what can't be, 404 for what is unknown, 503 for what can't be just now
    std::string json;       // one object
};

// What a POST does; it is given the request's target.
using admin_action = std::function<admin_answer(std::string_view target)>;

// Called on the io_context's thread. An action that is absent is an unknown path.
struct admin_sources {
    std::function<admin_answer()> livez;
    std::function<admin_answer()> readyz;
    std::function<std::string()> metrics;  // Prometheus text exposition format 0.0.4
    admin_action reload_secrets = nullptr;
    admin_action begin_backfill = nullptr;
    admin_action backfill_progress = nullptr;
    admin_action give_leave = nullptr;
};

struct admin_state;

// Where a POST makes the daemon read again which webhook secrets it accepts.
inline constexpr std::string_view reload_secrets_path = "/webhooks/secrets/reload";
// Where a POST makes the poller look at repositories now: ?instance=NAME, ?repository=GLOB, ?dry_run=true.
inline constexpr std::string_view begin_backfill_path = "/backfill/begin";
// Where a POST tells how far that has come: ?run=ID.
inline constexpr std::string_view backfill_progress_path = "/backfill/progress";
// Where a POST gives leave to send requests out of an instance's budget: ?instance=NAME&requests=N.
inline constexpr std::string_view give_leave_path = "/requests/leave";

// GET and HEAD of the three paths, POST of the actions; 404 for others, 405 for other methods. Loopback may read;
// others, and whoever acts, need "Authorization: Bearer TOKEN" (RFC 6750), and get 403 where no token is configured.
//
// Bounds: connections, header and body sizes, and a deadline a request; beyond them a connection is closed.
class admin_listener {
   public:
    // `address` is host:port, port 0 for a free one; an empty token is none. Errors: io, naming the address.
    static result<std::unique_ptr<admin_listener>> open(boost::asio::io_context& io, std::string const& address,
                                                        std::string token, admin_sources sources);
    ~admin_listener();

    std::uint16_t port() const;
    // Ends the listener and its connections; on the io_context's thread, or while it does not run.
    void close();

   private:
    explicit admin_listener(std::shared_ptr<admin_state> made);

    std::shared_ptr<admin_state> state_;
};

}  // namespace bbstream::daemon
