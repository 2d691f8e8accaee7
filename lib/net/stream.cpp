// SSL_read, SSL_write and their plain counterparts, never blocking.
#include "net/stream.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <sys/socket.h>

#include <cerrno>

namespace bbstream::net {
namespace {

moved after_call(ssize_t outcome, io would_wait)
{
    if (outcome > 0)
        return {io::done, static_cast<std::size_t>(outcome)};
    if (outcome < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return {would_wait, 0};
    return {io::closed, 0};
}

// recv(2) again where a signal came between.
ssize_t receive(int fd, std::span<char> into)
{
    ssize_t got = 0;
    do
        got = ::recv(fd, into.data(), into.size(), 0);
    while (got < 0 && errno == EINTR);
    return got;
}

}  // namespace

// What the system does not watch stays the caller's until here, and is closed by it.
stream::stream(executor on, unique_fd socket, tls_connection tls) : socket_(on), tls_(std::move(tls))
{
    socket_.assign(socket.get());
    (void)socket.release();
}

stream::~stream() = default;

io stream::handshake()
{
    if (!tls_)
        return io::done;
    ERR_clear_error();
    return after_tls(SSL_do_handshake(tls_.get()), 0).state;
}

moved stream::read(std::span<char> into)
{
    if (!tls_)
        return after_call(receive(socket_.native_handle(), into), io::want_read);
    if (!usable_)
        return {};
    ERR_clear_error();
    std::size_t got = 0;
    auto const outcome = SSL_read_ex(tls_.get(), into.data(), into.size(), &got);
    return after_tls(outcome, got);
}

moved stream::write(std::span<char const> from)
{
    if (!tls_)
        return after_call(::send(socket_.native_handle(), from.data(), from.size(), MSG_NOSIGNAL), io::want_write);
    if (!usable_)
        return {};
    ERR_clear_error();
    std::size_t put = 0;
    auto const outcome = SSL_write_ex(tls_.get(), from.data(), from.size(), &put);
    return after_tls(outcome, put);
}

moved stream::after_tls(int outcome, std::size_t bytes)
{
    if (outcome == 1)
        return {io::done, bytes};
    switch (SSL_get_error(tls_.get(), outcome)) {
        case SSL_ERROR_WANT_READ:
            return {io::want_read, 0};
        case SSL_ERROR_WANT_WRITE:
            return {io::want_write, 0};
        case SSL_ERROR_ZERO_RETURN:
            return {io::closed, 0};
        default:
            usable_ = false;
            ERR_clear_error();
            return {io::closed, 0};
    }
}

bool stream::has_buffered() const
{
    return tls_ && usable_ && SSL_has_pending(tls_.get()) == 1;
}

void stream::cancel()
{
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void stream::finish()
{
    if (tls_ && usable_ && SSL_is_init_finished(tls_.get()) == 1) {
        ERR_clear_error();
        SSL_shutdown(tls_.get());
        ERR_clear_error();
    }
    ::shutdown(socket_.native_handle(), SHUT_WR);
}

moved stream::discard(std::span<char> scratch)
{
    return after_call(receive(socket_.native_handle(), scratch), io::want_read);
}

}  // namespace bbstream::net
