#include "login/callback_listener.hpp"

#include "login/page.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <charconv>

namespace bbstream::login {
namespace {

constexpr std::size_t request_bytes_max = 16 * 1024;
// Browsers open connections in advance and leave them silent.
constexpr std::size_t visitors_max = 32;
constexpr std::chrono::seconds visit_max{30};

constexpr char const* ipv4_loopback = "127.0.0.1";
constexpr char const* ipv6_loopback = "::1";

}  // namespace

bool can_listen_at(net::web_address const& redirect_uri)
{
    // parse_web_address() takes http:// for loopback only.
    return !redirect_uri.tls;
}

callback_listener::callback_listener(net::executor on, std::string path, std::string_view state,
                                     std::function<void(std::string const&)> notice)
    : on_(on), path_(std::move(path)), state_(state), notice_(std::move(notice)), waiting_(on)
{
}

result<std::shared_ptr<callback_listener>> callback_listener::listen(net::executor on,
                                                                     net::web_address const& redirect_uri,
                                                                     std::string_view state,
                                                                     std::function<void(std::string const&)> notice)
{
    std::shared_ptr<callback_listener> made(new callback_listener(on, redirect_uri.path, state, std::move(notice)));
    bool const by_name = redirect_uri.host == "localhost";
    auto const listening = made->listen_at(by_name ? ipv4_loopback : redirect_uri.host, redirect_uri.port);
    if (!listening)
        return listening.error();
    // A browser may take the name for either; a machine may lack the other.
    if (by_name)
        (void)made->listen_at(ipv6_loopback, redirect_uri.port);
    for (std::size_t number = 0; number < made->listening_.size(); ++number)
        boost::asio::co_spawn(
            on, [made, number]() -> net::task<void> { co_await made->accept(number); }, boost::asio::detached);
    return made;
}

result<void> callback_listener::listen_at(std::string const& host, std::string const& port)
{
    std::uint16_t number = 0;
    std::from_chars(port.data(), port.data() + port.size(), number);
    boost::system::error_code error;
    auto const address = boost::asio::ip::make_address(host, error);
    acceptor on(on_);
    tcp::endpoint const at(address, number);
    if (!error)
        on.open(at.protocol(), error);
    if (!error)
        on.set_option(acceptor::reuse_address(true), error);
    if (!error)
        on.bind(at, error);
    if (!error)
        on.listen(acceptor::max_listen_connections, error);
    if (error == boost::asio::error::address_in_use)
        return failure{failure_kind::io, host + ':' + port +
                                             " is taken by another program: end it, or register another callback at "
                                             "Bitbucket and set auth.redirect_uri to it"};
    if (error)
        return failure{failure_kind::io, host + ':' + port + ": " + error.message()};
    listening_.push_back(std::move(on));
    return {};
}

net::task<void> callback_listener::accept(std::size_t number)
{
    for (;;) {
        auto [error, over] = co_await listening_[number].async_accept(net::as_result);
        if (error || stopped_)
            co_return;
        std::erase_if(visitors_, [](auto const& each) { return each.expired(); });
        if (visitors_.size() >= visitors_max)
            drop_oldest();
        auto from = std::make_shared<visitor>(visitor{std::move(over), timer(on_, visit_max)});
        visitors_.push_back(from);
        from->deadline.async_wait([watched = std::weak_ptr(from)](boost::system::error_code cancelled) {
            if (auto const late = watched.lock(); late && !cancelled)
                late->over.close();
        });
        boost::asio::co_spawn(
            on_, [self = shared_from_this(), from]() -> net::task<void> { co_await self->receive(from); },
            boost::asio::detached);
    }
}

// Whoever has been here longest without bringing the answer: the browser's next connection may be the one that does.
void callback_listener::drop_oldest()
{
    auto const oldest =
        std::find_if(visitors_.begin(), visitors_.end(), [&](auto const& each) { return each.lock() != bringer_; });
    if (oldest == visitors_.end())
        return;
    if (auto const gone = oldest->lock()) {
        gone->deadline.cancel();
        gone->over.close();
    }
    visitors_.erase(oldest);
}

net::task<void> callback_listener::receive(std::shared_ptr<visitor> from)
{
    std::string head;
    auto const [error, size] = co_await boost::asio::async_read_until(
        from->over, boost::asio::dynamic_buffer(head, request_bytes_max), "\r\n\r\n", net::as_result);
    if (error)
        co_return;
    co_await judge(from, std::string_view(head).substr(0, head.find("\r\n")));
}

net::task<void> callback_listener::judge(std::shared_ptr<visitor> from, std::string_view request_line)
{
    constexpr std::string_view get = "GET ";
    auto const line = request_line.starts_with(get) ? request_line.substr(get.size()) : std::string_view();
    auto brought = read_callback(line.substr(0, line.find(' ')), path_, state_);
    if (brought.what == callback::elsewhere)
        co_return co_await write(from, page(404, "Nothing here", "Only the end of a login is awaited here."));
    if (brought.what == callback::forged) {
        notice_("an answer that does not belong to this login was refused; still waiting");
        co_return co_await write(from, page(400, "Not this login",
                                            "This answer does not belong to the login that is waiting. Open the "
                                            "address that it has printed last."));
    }
    if (outcome_)
        co_return co_await write(from, page(400, "Once is enough", "This login has been answered already."));
    outcome_ = std::move(brought);
    bringer_ = from;
    // It is answered when the login has ended, which has bounds of its own.
    from->deadline.cancel();
    waiting_.cancel();
}

net::task<result<callback>> callback_listener::wait(std::chrono::milliseconds at_most)
{
    if (!outcome_ && !stopped_) {
        waiting_.expires_after(at_most);
        co_await waiting_.async_wait(net::as_result);
    }
    if (outcome_)
        co_return *outcome_;
    co_return failure{failure_kind::unavailable, stopped_ ? "given up; nothing has changed"
                                                          : "nobody has come back from the browser in time; nothing "
                                                            "has changed"};
}

net::task<void> callback_listener::show(std::string page)
{
    if (bringer_)
        co_await write(std::exchange(bringer_, nullptr), std::move(page));
}

net::task<void> callback_listener::write(std::shared_ptr<visitor> to, std::string bytes)
{
    co_await boost::asio::async_write(to->over, boost::asio::buffer(bytes), net::as_result);
    boost::system::error_code ignored;
    to->over.shutdown(socket::shutdown_send, ignored);
    to->deadline.cancel();
}

void callback_listener::stop()
{
    stopped_ = true;
    waiting_.cancel();
    for (auto& each : listening_)
        each.close();
    for (auto const& each : visitors_)
        if (auto const here = each.lock()) {
            here->deadline.cancel();
            here->over.close();
        }
}

}  // namespace bbstream::login
