// Waits at the redirect URI, on loopback, for the browser to come back.
#pragma once

#include "login/callback.hpp"
#include "net/task.hpp"
#include "net/web_address.hpp"
#include "rest/pacer.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace bbstream::login {

// Whether one can listen there: http:// on loopback.
bool can_listen_at(net::web_address const& redirect_uri);

// Of one thread, that of its executor.
class callback_listener : public std::enable_shared_from_this<callback_listener> {
   public:
    // Listens when it returns. `notice`: what a person should know of what came and was not it. Errors: io, where the
    // port is taken.
    static result<std::shared_ptr<callback_listener>> listen(net::executor on, net::web_address const& redirect_uri,
                                                             std::string_view state,
                                                             std::function<void(std::string const&)> notice);

    // The browser's answer: granted or refused. Errors: unavailable when none comes in time, or after stop().
    net::task<result<callback>> wait(std::chrono::milliseconds at_most);

    // What the browser that has brought it is shown.
    net::task<void> show(std::string page);

    // Ends what waits. Also needed before the loop can end.
    void stop();

   private:
    using tcp = boost::asio::ip::tcp;
    using socket = boost::asio::basic_stream_socket<tcp, net::executor>;
    using acceptor = boost::asio::basic_socket_acceptor<tcp, net::executor>;
    using timer = rest::timer;
    struct visitor {
        socket over;
        timer deadline;
    };

    callback_listener(net::executor on, std::string path, std::string_view state,
                      std::function<void(std::string const&)> notice);

    result<void> listen_at(std::string const& host, std::string const& port);
    net::task<void> accept(std::size_t number);
    void drop_oldest();
    net::task<void> receive(std::shared_ptr<visitor> from);
    net::task<void> judge(std::shared_ptr<visitor> from, std::string_view request_line);
    static net::task<void> write(std::shared_ptr<visitor> to, std::string bytes);

    net::executor on_;
    std::string const path_;
    std::string const state_;
    std::function<void(std::string const&)> const notice_;
    std::vector<acceptor> listening_;
    std::vector<std::weak_ptr<visitor>> visitors_;
    timer waiting_;
    std::optional<callback> outcome_;
    std::shared_ptr<visitor> bringer_;
    bool stopped_ = false;
};

}  // namespace bbstream::login
