// Blocking sockets with time limits, OpenSSL on top, Beast's parser for the answer.
#include "http/post.hpp"

#include "base/file.hpp"
#include "net/tls_client.hpp"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

namespace bbstream::http {
namespace {

namespace beast = boost::beast;
using clock = std::chrono::steady_clock;

constexpr std::uint64_t answer_bytes_max = 1024 * 1024;

failure unavailable(net::web_address const& to, std::string const& why)
{
    return {failure_kind::unavailable, to.host + " port " + to.port + ": " + why};
}

// How OpenSSL, or else the system, puts it.
std::string last_reason()
{
    auto const number = errno;
    auto const code = ERR_peek_last_error();
    auto const* const reason = ERR_reason_error_string(code);
    std::string said = reason ? reason : number != 0 ? std::strerror(number) : "the connection was closed";
    if (!reason && (number == EAGAIN || number == EWOULDBLOCK || number == EINPROGRESS))
        said = "no answer in time";
    ERR_clear_error();
    return said;
}

// Each blocking call may take what is left until the deadline.
void limit_calls(int fd, clock::time_point deadline)
{
    auto const left = std::max<std::int64_t>(
        1, std::chrono::duration_cast<std::chrono::microseconds>(deadline - clock::now()).count());
    timeval const limit{left / 1'000'000, left % 1'000'000};
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
}

result<unique_fd> connect(net::web_address const& to, clock::time_point deadline)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (auto const error = ::getaddrinfo(to.host.c_str(), to.port.c_str(), &hints, &found); error != 0)
        return unavailable(to, ::gai_strerror(error));
    std::unique_ptr<addrinfo, void (*)(addrinfo*)> const owner(found, ::freeaddrinfo);
    auto last = unavailable(to, "no address");
    for (auto const* at = found; at; at = at->ai_next) {
        unique_fd socket(::socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
        limit_calls(socket.get(), deadline);
        if (socket && ::connect(socket.get(), at->ai_addr, at->ai_addrlen) == 0)
            return socket;
        last = unavailable(to, last_reason());
    }
    return last;
}

// A connection, plain or not, whose calls end at a deadline.
class channel {
   public:
    channel(unique_fd socket, clock::time_point deadline) : socket_(std::move(socket)), deadline_(deadline) {}

    result<void> start_tls(net::web_address const& to, post_options const& how)
    {
        context_.reset(SSL_CTX_new(TLS_client_method()));
        SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
        SSL_CTX_set_default_verify_paths(context_.get());
        if (!how.ca_file.empty() && SSL_CTX_load_verify_file(context_.get(), how.ca_file.c_str()) != 1)
            return failure{failure_kind::invalid, how.ca_file + ": no PEM certificates: " + last_reason()};
        SSL_CTX_set_verify(context_.get(), how.insecure ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, nullptr);
        tls_.reset(SSL_new(context_.get()));
        if (!net::expect_host(tls_.get(), to.host) || SSL_set_fd(tls_.get(), socket_.get()) != 1)
            return unavailable(to, last_reason());
        limit_calls(socket_.get(), deadline_);
        errno = 0;
        if (SSL_connect(tls_.get()) == 1)
            return {};
        if (auto const verified = SSL_get_verify_result(tls_.get()); !how.insecure && verified != X509_V_OK)
            return failure{failure_kind::permanent,
                           to.host + ": the certificate is not trusted: " + X509_verify_cert_error_string(verified)};
        return unavailable(to, "TLS: " + last_reason());
    }

    // How many bytes moved; 0 at the end of the stream, less on an error, which last_reason() names.
    int write(std::string_view bytes)
    {
        limit_calls(socket_.get(), deadline_);
        auto const size = static_cast<int>(std::min<std::size_t>(bytes.size(), 1 << 30));
        return tls_ ? SSL_write(tls_.get(), bytes.data(), size)
                    : static_cast<int>(::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL));
    }
    int read(std::array<char, 16 * 1024>& into)
    {
        limit_calls(socket_.get(), deadline_);
        errno = 0;
        if (!tls_)
            return static_cast<int>(::recv(socket_.get(), into.data(), into.size(), 0));
        auto const got = SSL_read(tls_.get(), into.data(), into.size());
        if (got > 0)
            return got;
        return SSL_get_error(tls_.get(), got) == SSL_ERROR_ZERO_RETURN ? 0 : -1;
    }
    bool expired() const { return clock::now() >= deadline_; }

   private:
    unique_fd socket_;
    clock::time_point const deadline_;
    std::unique_ptr<SSL_CTX, net::tls_release> context_;
    net::tls_connection tls_;
};

// A server may refuse, and close, before it has read everything: its answer is looked for even if sending fails.
void send_all(channel& over, std::string_view bytes)
{
    while (!bytes.empty() && !over.expired()) {
        auto const put = over.write(bytes);
        if (put <= 0)
            return;
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
}

result<post_answer> read_answer(channel& over, net::web_address const& to)
{
    beast::http::response_parser<beast::http::string_body> parser;
    parser.eager(true);
    parser.body_limit(answer_bytes_max);
    std::string waiting;
    std::array<char, 16 * 1024> piece;
    while (!parser.is_done()) {
        if (over.expired())
            return unavailable(to, "no answer in time");
        auto const got = over.read(piece);
        boost::system::error_code error;
        if (got > 0) {
            waiting.append(piece.data(), static_cast<std::size_t>(got));
            waiting.erase(0, parser.put({waiting.data(), waiting.size()}, error));
        } else if (got < 0 || !parser.got_some()) {
            return unavailable(to, last_reason());
        } else {
            parser.put_eof(error);
        }
        if (error && error != beast::http::error::need_more)
            return failure{failure_kind::invalid, to.host + ": not an HTTP answer: " + error.message()};
    }
    auto const& message = parser.get();
    auto const reason = message.reason();
    return post_answer{message.result_int(), std::string(reason.data(), reason.size()), message.body()};
}

std::string head_of(net::web_address const& to, header_list const& headers, std::size_t body_bytes)
{
    auto head = "POST " + to.path + " HTTP/1.1\r\nHost: " + to.authority + "\r\n";
    for (auto const& [name, value] : headers)
        head += name + ": " + value + "\r\n";
    return head + "Content-Length: " + std::to_string(body_bytes) + "\r\nConnection: close\r\n\r\n";
}

}  // namespace

result<post_answer> post(net::web_address const& to, header_list const& headers, std::string_view body,
                         post_options const& how)
{
    ERR_clear_error();
    auto const deadline = clock::now() + how.timeout;
    auto connected = connect(to, deadline);
    if (!connected)
        return connected.error();
    channel over(std::move(*connected), deadline);
    if (to.tls)
        if (auto const started = over.start_tls(to, how); !started)
            return started.error();
    // In one write, so that a small request is one TLS record.
    auto request = head_of(to, headers, body.size());
    request += body;
    send_all(over, request);
    return read_answer(over, to);
}

}  // namespace bbstream::http
