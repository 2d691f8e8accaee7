// A client of a scripted server, and coroutines run to their end.
#pragma once

#include "rest/client.hpp"
#include "scripted_server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <csignal>
#include <optional>

namespace bbstream::test {

// The loop, and what a coroutine gives.
template <class T>
T run(boost::asio::io_context& loop, net::task<T> what)
{
    std::optional<T> outcome;
    std::exception_ptr thrown;
    boost::asio::co_spawn(loop, std::move(what), [&](std::exception_ptr why, T given) {
        thrown = why;
        outcome = std::move(given);
    });
    loop.restart();
    loop.run();
    if (thrown)
        std::rethrow_exception(thrown);
    return std::move(*outcome);
}

struct client_of {
    explicit client_of(std::string const& url, product platform = product::cloud, std::string const& ca = "",
                       rest::proxy_settings proxy = {}, rest::budget limits = {1000, 1000})
        : over(rest::transport::make(loop.get_executor(), ca, std::move(proxy)).value())
    {
        std::signal(SIGPIPE, SIG_IGN);
        options.platform = platform;
        options.server = net::parse_web_address(url).value();
        options.limits = limits;
        options.notice = [this](std::string const& line) { notices.push_back(line); };
    }

    // Made at the first use, so that a test may change `options` and `who` before.
    rest::client& client()
    {
        if (!made)
            made = std::make_unique<rest::client>(loop.get_executor(), options, *over, std::move(who));
        return *made;
    }

    result<rest::response> send(rest::request what) { return run(loop, client().send(std::move(what))); }
    result<rest::response> get(std::string const& target)
    {
        rest::request what;
        what.target = target;
        return send(what);
    }
    result<rest::response> post(std::string const& target, std::string const& body = "{}")
    {
        rest::request what;
        what.how = rest::method::post;
        what.target = target;
        what.body = body;
        return send(what);
    }

    boost::asio::io_context loop;
    std::unique_ptr<rest::transport> over;
    rest::client_options options;
    std::unique_ptr<rest::authorization> who = rest::fixed_authorization("Bearer shibboleth");
    std::unique_ptr<rest::client> made;
    std::vector<std::string> notices;
};

}  // namespace bbstream::test
