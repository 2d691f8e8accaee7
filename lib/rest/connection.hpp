// One connection to a server, straight or through a proxy's tunnel: requests go over it one after the other.
#pragma once

#include "net/stream.hpp"
#include "net/task.hpp"
#include "net/tls_client.hpp"
#include "rest/message.hpp"
#include "rest/route.hpp"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <optional>

namespace bbstream::rest {

inline constexpr std::chrono::milliseconds connect_timeout{15'000};
// From sending a request until its answer is whole; of what streams, until its next piece.
inline constexpr std::chrono::milliseconds answer_timeout{60'000};

class connection : public std::enable_shared_from_this<connection> {
   public:
    connection(net::executor on, route way, net::tls_client const* tls);

    // Name look-up, connection, tunnel, handshake. Errors: unavailable; permanent where the certificate is not trusted
    // or the proxy refuses; each names the server. (A look-up in progress can't be interrupted; the system bounds it.)
    net::task<result<void>> open();

    // `head` and `body` as they go on the wire. Errors: unavailable, and invalid for what is no HTTP. After an error
    // the connection is of no use any more.
    net::task<result<response>> exchange(std::string bytes, body_sink sink);

    // Of the server, once open; nothing without TLS.
    std::optional<micros> certificate_end() const { return certificate_end_; }

    // OpenSSL's X509_V_ERR_... where open() failed since the server's certificate is not trusted.
    std::optional<long> certificate_refusal() const { return certificate_refusal_; }

    // Whether another request may follow: the server has said nothing since, not even that it closes.
    bool reusable() const { return reusable_ && is_quiet(); }
    // Whether something has been received since the last request was sent.
    bool answered() const { return answered_; }

    // Everything that waits ends with an error. Any later use fails.
    void stop();
    // The answer that is under way must be there in this time.
    void hasten(std::chrono::milliseconds time) { limit(time); }

   private:
    using resolver = boost::asio::ip::basic_resolver<boost::asio::ip::tcp, net::executor>;
    using deadline_timer =
        boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                          boost::asio::wait_traits<std::chrono::steady_clock>, net::executor>;

    net::task<result<void>> connect(net::web_address to);
    net::task<bool> connect_to(boost::asio::ip::tcp::endpoint to);
    net::task<result<void>> tunnel();
    net::task<result<void>> start_tls();
    net::task<result<response>> converse(std::string bytes, body_sink sink, bool bodiless);
    net::task<void> send(std::string_view bytes);
    net::task<bool> ready(net::io wanted);

    void limit(std::chrono::milliseconds time);
    void limit_attempt();
    bool is_quiet() const;
    failure unavailable(std::string const& why) const;

    net::executor on_;
    route way_;
    net::tls_client const* tls_;
    resolver resolver_;
    deadline_timer deadline_;
    deadline_timer attempt_;  // to reach one address
    std::unique_ptr<net::stream> stream_;
    int fd_ = -1;  // the stream's
    std::optional<micros> certificate_end_;
    std::optional<long> certificate_refusal_;
    bool late_ = false;
    bool stopped_ = false;
    bool reusable_ = false;
    bool answered_ = false;
};

}  // namespace bbstream::rest
