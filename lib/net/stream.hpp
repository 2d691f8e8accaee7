// One connection's bytes: TLS by OpenSSL straight on the socket's descriptor, or plain.
//
// Every step is a system call that does not block; where it would, it says what to wait for. There is no memory BIO,
// no copy and no composed operation per TLS record in between (which would cost half of the CPU of a request).
//
// OpenSSL writes by write(2): SIGPIPE must be ignored in the process (http::server refuses to start otherwise).
#pragma once

#include "base/file.hpp"
#include "net/task.hpp"
#include "net/tls_context.hpp"

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/post.hpp>

#include <cstdint>
#include <span>

namespace bbstream::net {

enum class io : std::uint8_t {
    done,        // some progress was made
    want_read,   // wait until the socket can be read, then repeat the step
    want_write,  // the same for writing; with TLS a read may want this (key update), and a write want_read
    closed,      // the peer ended its side, or the connection broke
};

struct moved {
    io state = io::closed;
    std::size_t bytes = 0;
};

class stream {
   public:
    // `socket` is non-blocking. Without `tls` the stream is plain. Throws where the system refuses to watch it.
    stream(executor on, unique_fd socket, tls_connection tls);
    ~stream();
    stream(stream const&) = delete;
    stream& operator=(stream const&) = delete;

    // What follows is TLS, as after a proxy's CONNECT. The stream must be plain so far.
    void start_tls(tls_connection tls) { tls_ = std::move(tls); }

    // A step of the TLS handshake; done at once for a plain stream.
    io handshake();

    moved read(std::span<char> into);
    moved write(std::span<char const> from);

    // Whether bytes wait inside OpenSSL: the socket may stay quiet although a read would give something.
    bool has_buffered() const;

    // Whether the peer went, or TLS failed, without close_notify: what was sent may have been cut short by anybody (RFC
    // 8446, section 6.1).
    bool cut_off() const { return tls_ && !usable_; }

    // Completes when the socket is ready for what a step wants, or with an error after cancel().
    auto wait(io wanted)
    {
        using wait_kind = boost::asio::posix::descriptor_base;
        return socket_.async_wait(wanted == io::want_write ? wait_kind::wait_write : wait_kind::wait_read, as_result);
    }
    void cancel();

    // Lets everything else that is ready go first.
    auto yield() { return boost::asio::post(socket_.get_executor(), boost::asio::use_awaitable_t<executor>{}); }

    // Says goodbye without waiting: close_notify (RFC 8446 section 6.1) and the end of our side. Nothing may be
    // written after.
    void finish();

    // Reads and forgets what the peer still sends after finish(), undeciphered: closing a socket with unread bytes
    // resets the connection, which can destroy an answer on its way.
    moved discard(std::span<char> scratch);

   private:
    moved after_tls(int outcome, std::size_t bytes);

    boost::asio::posix::basic_stream_descriptor<executor> socket_;
    tls_connection tls_;
    bool usable_ = true;  // false after a fatal error: OpenSSL then allows no further call, not even a shutdown
};

}  // namespace bbstream::net
