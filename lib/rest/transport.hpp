// Carries requests to servers over kept connections: a bounded pool, without a thought about what they say.
#pragma once

#include "net/task.hpp"
#include "net/tls_client.hpp"
#include "rest/connection.hpp"
#include "rest/message.hpp"
#include "rest/proxy.hpp"

#include <list>
#include <memory>

namespace bbstream::rest {

// Requests at the same time; more wait for one to end.
inline constexpr std::size_t connections_max = 8;
// At a stop.
inline constexpr std::chrono::milliseconds last_patience{5'000};

// Of one thread, that of its executor; outlives its coroutines.
class transport {
   public:
    // `ca_file`: certificates to trust beside the system's; empty: none. Errors: those of tls_client.
    static result<std::unique_ptr<transport>> make(net::executor on, std::string const& ca_file, proxy_settings proxy);

    // One request with these headers beside Host, Content-Length and the like. Errors: connection's. Something that is
    // not repeatable goes over a fresh connection, since a kept one may be closing just now.
    net::task<result<response>> send(net::web_address to, request what, header_list headers);

    // Ends what is in progress, but for what outlasts it, which gets a little time (last_patience); refuses all that
    // comes.
    void stop();
    bool stopped() const { return stopped_; }

   private:
    using link = std::shared_ptr<connection>;
    struct working {
        link over;
        bool outlasts_stop = false;
    };
    using waiting_timer =
        boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                          boost::asio::wait_traits<std::chrono::steady_clock>, net::executor>;
    struct idle {
        std::string server;
        link over;
        std::chrono::steady_clock::time_point since;
    };
    class slot;

    transport(net::executor on, std::unique_ptr<net::tls_client> tls, proxy_settings proxy);

    net::task<bool> wait_for_slot();
    net::task<result<link>> connect(net::web_address to, slot& mine);
    void wake_next();
    link kept(std::string const& server);
    void keep(std::string const& server, link over);

    net::executor on_;
    std::unique_ptr<net::tls_client> const tls_;
    proxy_settings const proxy_;
    std::list<idle> idle_;  // the latest last
    std::list<working> busy_;
    std::list<waiting_timer> waiting_;
    std::size_t in_use_ = 0;
    bool stopped_ = false;
};

}  // namespace bbstream::rest
