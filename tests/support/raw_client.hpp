// A client that sends what it is told, byte by byte if need be, over plain TCP or TLS, and reads answers.
#pragma once

#include "base/file.hpp"
#include "support/patience.hpp"

#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bbstream::test {

struct answer {
    int status = 0;                              // 0: the connection ended before there was an answer
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;
};

class raw_client {
   public:
    explicit raw_client(std::uint16_t port, int receive_buffer = 0) : socket_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        if (receive_buffer > 0)
            ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        timeval const longest{patience.count(), 0};
        ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
        ::setsockopt(socket_.get(), SOL_SOCKET, SO_SNDTIMEO, &longest, sizeof longest);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_.get(), reinterpret_cast<sockaddr*>(&to), sizeof to) != 0)
            throw std::runtime_error("connect failed");
    }

    int fd() const { return socket_.get(); }
    SSL* tls() const { return tls_.get(); }

    // Whether the handshake succeeded; the certificate is not looked at.
    bool start_tls(int least = TLS1_2_VERSION, int most = TLS1_3_VERSION, SSL_SESSION* resume = nullptr)
    {
        std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> const context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
        SSL_CTX_set_security_level(context.get(), 0);  // a client as old as a test wants it
        SSL_CTX_set_min_proto_version(context.get(), least);
        SSL_CTX_set_max_proto_version(context.get(), most);
        tls_.reset(SSL_new(context.get()));
        SSL_set_fd(tls_.get(), socket_.get());
        if (resume)
            SSL_set_session(tls_.get(), resume);
        return SSL_connect(tls_.get()) == 1;
    }

    // False when the server has gone.
    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            auto const put = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                                  : ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (put <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(put));
        }
        return true;
    }

    // The next answer; `to_head` when it answers a HEAD and so has no body.
    answer receive(bool to_head = false)
    {
        answer got;
        auto end = std::string::npos;
        while ((end = received_.find("\r\n\r\n")) == std::string::npos)
            if (!read_more())
                return got;
        parse_head(received_.substr(0, end), got);
        received_.erase(0, end + 4);
        auto const length = to_head ? 0 : std::stoul("0" + got.headers["content-length"]);
        while (received_.size() < length)
            if (!read_more())
                throw std::runtime_error("the answer's body ended early");
        got.body = received_.substr(0, length);
        received_.erase(0, length);
        return got;
    }

    // Whether the server ends the connection without sending anything more.
    bool is_closed() { return received_.empty() && !read_more(); }

    bool has_unread() const { return !received_.empty(); }

    void end_sending()
    {
        if (tls_)
            SSL_shutdown(tls_.get());
        ::shutdown(socket_.get(), SHUT_WR);
    }

    // The next close sends a reset.
    void reset()
    {
        linger const at_once{1, 0};
        ::setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        tls_.reset();
        socket_.reset();
    }

   private:
    bool read_more()
    {
        char bytes[16 * 1024];
        errno = 0;  // OpenSSL does not always set it
        auto const got = tls_ ? SSL_read(tls_.get(), bytes, sizeof bytes)
                              : static_cast<int>(::recv(socket_.get(), bytes, sizeof bytes, 0));
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            throw std::runtime_error("the server neither answers nor closes");
        if (got <= 0)
            return false;
        received_.append(bytes, static_cast<std::size_t>(got));
        return true;
    }

    static void parse_head(std::string const& head, answer& into)
    {
        into.status = std::atoi(head.substr(head.find(' ')).c_str());
        for (auto at = head.find("\r\n"); at != std::string::npos;) {
            auto const next = head.find("\r\n", at + 2);
            auto const line = head.substr(at + 2, next == std::string::npos ? next : next - at - 2);
            auto const colon = line.find(": ");
            auto name = line.substr(0, colon);
            for (auto& c : name)
                c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            into.headers[name] = line.substr(colon + 2);
            at = next;
        }
    }

    unique_fd socket_;
    std::unique_ptr<SSL, void (*)(SSL*)> tls_{nullptr, SSL_free};
    std::string received_;
};

}  // namespace bbstream::test
