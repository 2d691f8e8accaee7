#include "rest/connection.hpp"

#include "base/file.hpp"
#include "rest/answer_reader.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <iterator>

namespace bbstream::rest {
namespace {

constexpr std::size_t piece_bytes = 32 * 1024;
// Of an address that swallows all, while there is another one to try.
constexpr std::chrono::milliseconds address_timeout{5'000};

unique_fd new_socket(int family)
{
    unique_fd made(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    int const on = 1;
    if (made)
        ::setsockopt(made.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return made;
}

}  // namespace

connection::connection(net::executor on, route way, net::tls_client const* tls)
    : on_(on), way_(std::move(way)), tls_(tls), resolver_(on), deadline_(on), attempt_(on)
{
}

failure connection::unavailable(std::string const& why) const
{
    return {failure_kind::unavailable, way_.server.host + " port " + way_.server.port + ": " +
                                           (stopped_ ? "given up"
                                            : late_  ? "no answer in time"
                                                     : why)};
}

// Everything until the next call must be done in this time.
void connection::limit(std::chrono::milliseconds time)
{
    deadline_.expires_after(time);
    deadline_.async_wait([self = weak_from_this()](boost::system::error_code const& error) {
        auto const still = self.lock();
        // A newer limit may have come after this one's end was already on its way.
        if (error || !still || still->deadline_.expiry() > std::chrono::steady_clock::now())
            return;
        still->late_ = true;
        still->resolver_.cancel();
        if (still->stream_)
            still->stream_->cancel();
    });
}

void connection::limit_attempt()
{
    attempt_.expires_after(address_timeout);
    attempt_.async_wait([self = weak_from_this()](boost::system::error_code const& error) {
        auto const still = self.lock();
        if (error || !still || still->attempt_.expiry() > std::chrono::steady_clock::now())
            return;
        if (still->stream_)
            still->stream_->cancel();
    });
}

void connection::stop()
{
    stopped_ = true;
    reusable_ = false;
    deadline_.cancel();
    resolver_.cancel();
    if (stream_)
        stream_->cancel();
}

// What a server sends unasked would be taken for the answer to the next request.
bool connection::is_quiet() const
{
    char next = 0;
    return ::recv(fd_, &next, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) &&
           !stream_->has_buffered();
}

net::task<bool> connection::ready(net::io wanted)
{
    if (late_ || stopped_)
        co_return false;
    auto const [error] = co_await stream_->wait(wanted);
    co_return !error && !late_ && !stopped_;
}

net::task<result<void>> connection::open()
{
    limit(connect_timeout);
    auto const& first = way_.proxy ? *way_.proxy : way_.server;
    auto connected = co_await connect(first);
    if (connected && way_.proxy)
        connected = co_await tunnel();
    if (connected && way_.server.tls)
        connected = co_await start_tls();
    deadline_.cancel();
    reusable_ = connected.has_value();
    co_return connected;
}

net::task<result<void>> connection::connect(net::web_address to)
{
    auto const [error, found] = co_await resolver_.async_resolve(to.host, to.port, net::as_result);
    if (error)
        co_return unavailable(to.host + ": " + error.message());
    std::string why = "no address";
    for (auto each = found.begin(); each != found.end() && !late_ && !stopped_; ++each) {
        if (std::next(each) != found.end())
            limit_attempt();
        bool const connected = co_await connect_to(each->endpoint());
        attempt_.expires_at(std::chrono::steady_clock::time_point::max());
        if (connected)
            co_return result<void>();
        why = errno == 0 ? "no connection" : std::strerror(errno);
    }
    co_return unavailable((way_.proxy ? "proxy " + to.host + ": " : "") + why);
}

// On failure errno says why.
net::task<bool> connection::connect_to(boost::asio::ip::tcp::endpoint to)
{
    auto socket = new_socket(to.protocol().family());
    fd_ = socket.get();
    if (!socket || (::connect(fd_, to.data(), static_cast<socklen_t>(to.size())) != 0 && errno != EINPROGRESS))
        co_return false;
    try {
        stream_ = std::make_unique<net::stream>(on_, std::move(socket), nullptr);
    } catch (boost::system::system_error const& why) {  // the system watches no more descriptors
        errno = why.code().value();
        co_return false;
    }
    bool const waited = co_await ready(net::io::want_write);
    int outcome = waited ? 0 : ETIMEDOUT;
    socklen_t size = sizeof outcome;
    if (waited)
        ::getsockopt(fd_, SOL_SOCKET, SO_ERROR, &outcome, &size);
    errno = outcome;
    co_return outcome == 0;
}

net::task<result<void>> connection::tunnel()
{
    auto const host = way_.server.host.find(':') == std::string::npos ? way_.server.host : '[' + way_.server.host + ']';
    auto const authority = host + ':' + way_.server.port;
    auto head = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n";
    if (!way_.proxy_authorization.empty())
        head += "Proxy-Authorization: " + way_.proxy_authorization + "\r\n";
    head += "\r\n";
    body_sink const none;
    auto const answer = co_await converse(head, none, true);
    if (!answer)
        co_return answer.error();
    if (!answer->ok())
        co_return failure{failure_kind::permanent, way_.server.host + ": the proxy " + way_.proxy->host +
                                                       " refuses to connect to it (" + std::to_string(answer->status) +
                                                       ")"};
    co_return result<void>();
}

net::task<result<void>> connection::start_tls()
{
    auto made = tls_->connect(fd_, way_.server.host);
    if (!made)
        co_return unavailable("TLS can't be set up");
    auto const* const tls = made.get();
    stream_->start_tls(std::move(made));
    for (;;) {
        auto const state = stream_->handshake();
        if (state == net::io::done) {
            certificate_end_ = net::certificate_end(tls);
            co_return result<void>();
        }
        if (state == net::io::closed)
            certificate_refusal_ = net::certificate_refusal(tls);
        if (certificate_refusal_)
            co_return failure{failure_kind::permanent, way_.server.host + ": the certificate is not trusted: " +
                                                           net::certificate_refusal_text(*certificate_refusal_)};
        if (state == net::io::closed)
            co_return unavailable("the TLS handshake failed");
        bool const more = co_await ready(state);
        if (!more)
            co_return unavailable("the TLS handshake failed");
    }
}

net::task<result<response>> connection::exchange(std::string bytes, body_sink sink)
{
    reusable_ = false;
    limit(answer_timeout);
    auto answer = co_await converse(std::move(bytes), std::move(sink), false);
    deadline_.cancel();
    co_return answer;
}

// A server may refuse, and close, before it has read everything: its answer is looked for even if sending fails.
net::task<void> connection::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const put = stream_->write(bytes);
        if (put.state == net::io::closed)
            co_return;
        bytes.remove_prefix(put.bytes);
        if (put.state == net::io::done)
            continue;
        bool const more = co_await ready(put.state);
        if (!more)
            co_return;
    }
}

net::task<result<response>> connection::converse(std::string bytes, body_sink sink, bool bodiless)
{
    response answer;
    answer_reader reader(answer, sink, bodiless);
    std::array<char, piece_bytes> piece;
    answered_ = false;
    co_await send(bytes);
    while (!reader.done()) {
        auto const got = stream_->read(piece);
        result<void> taken;
        if (got.state == net::io::done) {
            answered_ = true;
            if (sink)
                limit(answer_timeout);
            taken = reader.put({piece.data(), got.bytes});
        } else if (got.state == net::io::closed) {
            taken = stream_->cut_off() ? result<void>(reader.cut_off()) : reader.end();
            if (taken)
                break;
        } else {
            bool const more = co_await ready(got.state);
            if (!more)
                co_return unavailable("no answer in time");
        }
        if (!taken && taken.error().kind == failure_kind::unavailable)
            co_return unavailable(taken.error().message);
        if (!taken)
            co_return failure{taken.error().kind, way_.server.host + ": " + taken.error().message};
    }
    reusable_ = reader.keeps_alive();
    co_return answer;
}

}  // namespace bbstream::rest
