// A server on a free port of loopback that answers what a test says, byte by byte, and remembers what it was asked.
#pragma once

#include "base/file.hpp"
#include "support/certificate.hpp"

#include <openssl/ssl.h>

#include <netinet/in.h>
#include <sys/socket.h>

#include <atomic>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace bbstream::test {

struct asked {
    std::string line;  // "GET /a?b HTTP/1.1"
    std::string head;  // all of it
    std::string body;
    int connection = 0;  // which one it came over, from 1

    // The value of a header, its name as it was sent; empty when there is none.
    std::string header(std::string const& name) const
    {
        auto const at = head.find("\r\n" + name + ": ");
        if (at == std::string::npos)
            return {};
        auto const begin = at + name.size() + 4;
        return head.substr(begin, head.find("\r\n", begin) - begin);
    }
    std::string target() const
    {
        auto const begin = line.find(' ') + 1;
        return line.substr(begin, line.rfind(' ') - begin);
    }
};

inline std::string answer_with(int status, std::string const& body, std::string const& headers = "")
{
    return "HTTP/1.1 " + std::to_string(status) + " Said\r\n" + headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

class scripted_server {
   public:
    // Gives the bytes of an answer; nothing closes the connection instead. "Connection: close" ends it, by TLS without
    // close_notify where "Cut: off" stands before that.
    using script = std::function<std::string(asked const&)>;

    // With `pair` it speaks TLS; after a CONNECT only, where `is_proxy`.
    explicit scripted_server(script says, certificate const* pair = nullptr, bool is_proxy = false)
        : says_(std::move(says)), is_proxy_(is_proxy), listening_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        if (pair) {
            context_.reset(SSL_CTX_new(TLS_server_method()));
            SSL_CTX_use_certificate_chain_file(context_.get(), pair->certificate_file().c_str());
            SSL_CTX_use_PrivateKey_file(context_.get(), pair->key_file().c_str(), SSL_FILETYPE_PEM);
        }
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        ::bind(listening_.get(), reinterpret_cast<sockaddr*>(&at), size);
        ::listen(listening_.get(), 64);
        ::getsockname(listening_.get(), reinterpret_cast<sockaddr*>(&at), &size);
        port_ = ntohs(at.sin_port);
        accepting_ = std::thread([this] { accept_all(); });
    }

    ~scripted_server()
    {
        stopping_ = true;
        ::shutdown(listening_.get(), SHUT_RDWR);
        accepting_.join();
        {
            std::lock_guard const lock(guard_);
            for (auto const fd : open_)
                ::shutdown(fd, SHUT_RDWR);
        }
        for (auto& each : serving_)
            each.join();
    }

    std::string url(std::string const& path = "") const
    {
        return (context_ && !is_proxy_ ? "https://localhost:" : "http://127.0.0.1:") + std::to_string(port_) + path;
    }
    std::uint16_t port() const { return port_; }

    std::vector<asked> requests() const
    {
        std::lock_guard const lock(guard_);
        return requests_;
    }

   private:
    using tls_connection = std::unique_ptr<SSL, void (*)(SSL*)>;

    void accept_all()
    {
        for (int number = 1; !stopping_; ++number) {
            unique_fd client(::accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC));
            if (!client)
                return;
            std::lock_guard const lock(guard_);
            open_.push_back(client.get());
            serving_.emplace_back([this, number, fd = client.release()] { serve(unique_fd(fd), number); });
        }
    }

    void serve(unique_fd client, int number)
    {
        tls_connection tls(nullptr, SSL_free);
        if (context_ && !is_proxy_ && !start_tls(tls, client.get()))
            return close(std::move(client));
        std::string waiting;
        asked request;
        bool cut_off = false;
        while (read_request(client.get(), tls.get(), waiting, request)) {
            request.connection = number;
            {
                std::lock_guard const lock(guard_);
                requests_.push_back(request);
            }
            auto const bytes = says_(request);
            if (bytes.empty() || !write(client.get(), tls.get(), bytes))
                break;
            if (request.line.starts_with("CONNECT ") && context_ && !start_tls(tls, client.get()))
                break;
            cut_off = bytes.find("Cut: off\r\n") != std::string::npos;
            if (bytes.find("Connection: close\r\n") != std::string::npos)
                break;
        }
        if (tls && !cut_off)
            SSL_shutdown(tls.get());
        close(std::move(client));
    }

    void close(unique_fd client)
    {
        std::lock_guard const lock(guard_);
        std::erase(open_, client.get());
    }

    bool start_tls(tls_connection& tls, int fd)
    {
        tls.reset(SSL_new(context_.get()));
        SSL_set_fd(tls.get(), fd);
        return SSL_accept(tls.get()) == 1;
    }

    static bool write(int fd, SSL* tls, std::string const& bytes)
    {
        auto const size = static_cast<int>(bytes.size());
        return (tls ? SSL_write(tls, bytes.data(), size)
                    : static_cast<int>(::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL))) == size;
    }

    static bool read_more(int fd, SSL* tls, std::string& waiting)
    {
        char piece[4096];
        auto const got =
            tls ? SSL_read(tls, piece, sizeof piece) : static_cast<int>(::recv(fd, piece, sizeof piece, 0));
        if (got > 0)
            waiting.append(piece, static_cast<std::size_t>(got));
        return got > 0;
    }

    static bool read_request(int fd, SSL* tls, std::string& waiting, asked& into)
    {
        while (waiting.find("\r\n\r\n") == std::string::npos)
            if (!read_more(fd, tls, waiting))
                return false;
        auto const end = waiting.find("\r\n\r\n");
        into.head = waiting.substr(0, end + 2);
        into.line = into.head.substr(0, into.head.find("\r\n"));
        waiting.erase(0, end + 4);
        auto const length = std::stoul("0" + into.header("Content-Length"));
        while (waiting.size() < length)
            if (!read_more(fd, tls, waiting))
                return false;
        into.body = waiting.substr(0, length);
        waiting.erase(0, length);
        return true;
    }

    script says_;
    bool const is_proxy_;
    unique_fd listening_;
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_{nullptr, SSL_CTX_free};
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_{false};
    mutable std::mutex guard_;
    std::vector<asked> requests_;
    std::vector<int> open_;
    std::vector<std::thread> serving_;
    std::thread accepting_;
};

}  // namespace bbstream::test
