#include "daemon/admin.hpp"

#include "daemon/admin_access.hpp"
#include "net/listen_socket.hpp"
#include "observe/log.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <sys/socket.h>

#include <chrono>
#include <set>

namespace bbstream::daemon {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {

constexpr std::size_t connections_max = 64;
constexpr std::uint32_t header_bytes_max = 8 * 1024;
constexpr std::uint64_t body_bytes_max = 0;
constexpr std::chrono::seconds request_deadline{10};
constexpr std::chrono::milliseconds accept_pause{100};

using request = http::request<http::empty_body>;
using response = http::response<http::string_body>;
using stream = beast::tcp_stream;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

}  // namespace

// Shared with the coroutines, which may outlive the listener by what the io_context still holds.
struct admin_state {
    admin_state(asio::io_context& io, std::string token, admin_sources sources)
        : acceptor(io), token(std::move(token)), sources(std::move(sources))
    {
    }

    tcp::acceptor acceptor;
    std::string const token;
    admin_sources sources;
    std::set<stream*> connections;
    bool closed = false;
};

namespace {

using shared_state = std::shared_ptr<admin_state>;

bool is_loopback(tcp::endpoint const& peer)
{
    auto const address = peer.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback();
    return address.is_loopback();
}

response text_answer(http::status status, std::string body, std::string_view type = "application/json")
{
    response answer(status, 11);
    answer.set(http::field::content_type, type);
    answer.set(http::field::cache_control, "no-store");
    answer.body() = std::move(body);
    return answer;
}

response failure_answer(http::status status, std::string_view why)
{
    return text_answer(status, "{\"error\":\"" + std::string(why) + "\"}\n");
}

response sent(admin_answer const& answer)
{
    return text_answer(http::int_to_status(answer.status), answer.json + '\n');
}

response refusal(admin_access access)
{
    if (access == admin_access::refused)
        return failure_answer(http::status::forbidden, "admin.token is not configured: only this machine may read");
    auto answer = failure_answer(http::status::unauthorized, "this needs the token of admin.token");
    answer.set(http::field::www_authenticate, "Bearer");
    return answer;
}

response misunderstanding(boost::system::error_code why)
{
    if (why == http::error::header_limit || why == http::error::buffer_overflow)
        return failure_answer(http::status::request_header_fields_too_large, "the header is larger than 8 KiB");
    return failure_answer(http::status::bad_request, "this is no HTTP request");
}

response wrong_method(char const* allowed)
{
    auto answer = failure_answer(http::status::method_not_allowed, std::string("only ") + allowed);
    answer.set(http::field::allow, allowed);
    return answer;
}

// Nothing for a path that is none of an action.
admin_action const* action_at(std::string_view path, admin_sources const& sources)
{
    auto const* found = path == reload_secrets_path      ? &sources.reload_secrets
                        : path == begin_backfill_path    ? &sources.begin_backfill
                        : path == backfill_progress_path ? &sources.backfill_progress
                        : path == give_leave_path        ? &sources.give_leave
                                                         : nullptr;
    return found && *found ? found : nullptr;
}

response answer_to(request const& asked, bool from_loopback, admin_state const& state)
{
    auto const target = asked.target();
    auto const path = path_of({target.data(), target.size()});
    auto const* const action = action_at(path, state.sources);
    auto const authorization = asked[http::field::authorization];
    auto const access =
        decide_access(from_loopback && !action, {authorization.data(), authorization.size()}, state.token);
    if (access != admin_access::allowed)
        return refusal(access);
    if (action)
        return asked.method() == http::verb::post ? sent((*action)({target.data(), target.size()}))
                                                  : wrong_method("POST");
    bool const known = path == "/livez" || path == "/readyz" || path == "/metrics";
    if (!known)
        return failure_answer(http::status::not_found, "there are /livez, /readyz and /metrics");
    if (asked.method() != http::verb::get && asked.method() != http::verb::head)
        return wrong_method("GET, HEAD");
    if (path == "/livez")
        return sent(state.sources.livez());
    if (path == "/readyz")
        return sent(state.sources.readyz());
    return text_answer(http::status::ok, state.sources.metrics(), "text/plain; version=0.0.4; charset=utf-8");
}

// One request and its answer; false when the connection is to end.
asio::awaitable<bool> exchange(stream& peer, beast::flat_buffer& buffer, bool from_loopback, shared_state state)
{
    http::request_parser<http::empty_body> parser;
    parser.header_limit(header_bytes_max);
    parser.body_limit(body_bytes_max);
    peer.expires_after(request_deadline);
    auto const [read_error, read] = co_await http::async_read(peer, buffer, parser, as_result);
    if (state->closed || (read_error && read_error.category() != make_error_code(http::error::bad_method).category()))
        co_return false;
    if (read_error == http::error::end_of_stream || read_error == http::error::partial_message)
        co_return false;
    bool const understood = !read_error || read_error == http::error::body_limit;
    auto answer = understood ? answer_to(parser.get(), from_loopback, *state) : misunderstanding(read_error);
    bool const keep = !read_error && parser.get().keep_alive();
    answer.keep_alive(keep);
    answer.prepare_payload();
    if (!read_error && parser.get().method() == http::verb::head)
        answer.body().clear();
    auto const [write_error, written] = co_await http::async_write(peer, answer, as_result);
    co_return !write_error && keep;
}

// A connection that the listener can end, until its coroutine does, by whatever way.
class registration {
   public:
    registration(admin_state& in, stream& peer) : in_(in), peer_(peer) { in_.connections.insert(&peer_); }
    registration(registration const&) = delete;
    registration& operator=(registration const&) = delete;
    ~registration() { in_.connections.erase(&peer_); }

   private:
    admin_state& in_;
    stream& peer_;
};

asio::awaitable<void> serve_connection(tcp::socket socket, shared_state state)
{
    boost::system::error_code error;
    auto const from = socket.remote_endpoint(error);
    stream peer(std::move(socket));
    registration const known(*state, peer);
    beast::flat_buffer buffer(header_bytes_max);
    while (!error && !state->closed && co_await exchange(peer, buffer, is_loopback(from), state))
        continue;
    peer.socket().shutdown(tcp::socket::shutdown_send, error);
}

void log_and_swallow(std::exception_ptr ended)
{
    try {
        if (ended)
            std::rethrow_exception(ended);
    } catch (std::exception const& why) {
        observe::error("admin connection failed", {{"reason", why.what()}});
    }
}

asio::awaitable<void> accept_connections(shared_state state)
{
    asio::steady_timer pause(state->acceptor.get_executor());
    while (!state->closed) {
        auto [error, socket] = co_await state->acceptor.async_accept(as_result);
        if (state->closed)
            co_return;
        if (error) {
            // Out of descriptors, for example: try again, but not at full speed.
            pause.expires_after(accept_pause);
            co_await pause.async_wait(as_result);
        } else if (state->connections.size() < connections_max) {
            asio::co_spawn(state->acceptor.get_executor(), serve_connection(std::move(socket), state), log_and_swallow);
        }
    }
}

result<void> bind(tcp::acceptor& acceptor, std::string const& address)
{
    auto listening = net::listen_on(address, 1);
    if (!listening)
        return failure{listening.error().kind, "admin.listen: " + listening.error().message};
    auto& socket = listening->sockets.front();
    int family = AF_INET;
    socklen_t size = sizeof family;
    ::getsockopt(socket.get(), SOL_SOCKET, SO_DOMAIN, &family, &size);
    boost::system::error_code error;
    acceptor.assign(family == AF_INET6 ? tcp::v6() : tcp::v4(), socket.get(), error);
    if (error)
        return failure{failure_kind::io, "admin.listen: " + error.message()};
    socket.release();
    return {};
}

}  // namespace

result<std::unique_ptr<admin_listener>> admin_listener::open(asio::io_context& io, std::string const& address,
                                                             std::string token, admin_sources sources)
{
    auto made = std::make_shared<admin_state>(io, std::move(token), std::move(sources));
    if (auto bound = bind(made->acceptor, address); !bound)
        return bound.error();
    asio::co_spawn(io, accept_connections(made), log_and_swallow);
    return std::unique_ptr<admin_listener>(new admin_listener(std::move(made)));
}

admin_listener::admin_listener(std::shared_ptr<admin_state> made) : state_(std::move(made)) {}

admin_listener::~admin_listener()
{
    close();
}

void admin_listener::close()
{
    boost::system::error_code ignored;
    state_->closed = true;
    state_->acceptor.close(ignored);
    for (auto* const each : state_->connections)
        each->cancel();
}

std::uint16_t admin_listener::port() const
{
    boost::system::error_code ignored;
    return state_->acceptor.local_endpoint(ignored).port();
}

}  // namespace bbstream::daemon
