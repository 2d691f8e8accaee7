// The event loop of one thread.
#include "http/reactor.hpp"

#include "base/thread.hpp"
#include "http/date.hpp"
#include "observe/log.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <algorithm>
#include <cerrno>

namespace bbstream::http {
namespace {

using std::chrono::milliseconds;

// One TLS record and a little; what is read at once.
constexpr std::size_t scratch_bytes = 32 * 1024;
// Connections accepted before others get a turn.
constexpr int accept_batch_max = 64;
// Without descriptors or memory, accepting again at once would only burn the processor.
constexpr milliseconds accept_pause{100};
// Deadlines act late by at most this, or a quarter of the shortest of them.
constexpr milliseconds tick_longest{250};
constexpr milliseconds tick_shortest{5};
// A loop that has not come round for so long hangs.
constexpr milliseconds stuck_after{5'000};

milliseconds tick_of(config::ingest const& limits)
{
    auto const shortest =
        std::min({limits.handshake_timeout, limits.header_timeout, limits.body_timeout, limits.idle_timeout});
    return std::clamp(shortest / 4, tick_shortest, tick_longest);
}

instant now()
{
    return std::chrono::steady_clock::now();
}

}  // namespace

reactor::reactor(listener_state& shared, unique_fd listening, handler_factory const& make_handler, probe const& counts)
    : shared_(shared),
      environment_{shared.limits,
                   shared.bodies,
                   counts,
                   make_handler(io_.get_executor()),
                   std::vector<char>(scratch_bytes),
                   http_date(std::time(nullptr))},
      listening_(io_.get_executor(), listening.release()),
      turned_(now().time_since_epoch().count())
{
}

reactor::~reactor()
{
    stop(instant::min());
    join();
}

void reactor::start()
{
    auto const log_failure = [](std::exception_ptr why) {
        if (why)
            observe::error("a reactor of the webhook listener failed");
    };
    boost::asio::co_spawn(io_, accept_connections(), log_failure);
    boost::asio::co_spawn(io_, tick(), log_failure);
    thread_ = std::thread([this] {
        present_thread("reactor", urgency::normal);
        io_.run();
    });
}

void reactor::stop(instant deadline)
{
    boost::asio::post(io_, [this, deadline] {
        environment_.stopping = true;
        stop_deadline_ = std::min(stop_deadline_, deadline);
        boost::system::error_code ignored;
        listening_.close(ignored);
        accept_pause_.cancel();
        ticker_.cancel();
    });
}

void reactor::join()
{
    if (thread_.joinable())
        thread_.join();
}

bool reactor::turning(instant when) const
{
    instant const turned{instant::duration(turned_.load(std::memory_order_relaxed))};
    return when - turned < stuck_after;
}

net::task<void> reactor::accept_connections()
{
    auto starved = false;
    while (!environment_.stopping) {
        auto outcome = accepted::one;
        for (int i = 0; i < accept_batch_max && outcome == accepted::one; ++i)
            outcome = accept_one();
        if (outcome == accepted::out_of_resources) {
            if (!std::exchange(starved, true))
                observe::warn("cannot accept connections for now: out of descriptors or memory");
            accept_pause_.expires_after(accept_pause);
            co_await accept_pause_.async_wait(net::as_result);
        } else {
            starved = false;
            co_await listening_.async_wait(boost::asio::posix::descriptor_base::wait_read, net::as_result);
        }
    }
}

reactor::accepted reactor::accept_one()
{
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    unique_fd socket(
        ::accept4(listening_.native_handle(), reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!socket) {
        switch (errno) {
            case EAGAIN:
                return accepted::none_waiting;
            case EMFILE:
            case ENFILE:
            case ENOBUFS:
            case ENOMEM:
                return accepted::out_of_resources;
            case EBADF:
            case EINVAL:
                return accepted::none_waiting;  // stopping closed it
            default:
                return accepted::one;  // that connection broke before it was accepted (accept(2)); the next may not
        }
    }
    if (!shared_.allowed.allows(peer))
        environment_.probe.not_allowed.add();
    else if (shared_.connections.load(std::memory_order_relaxed) >= shared_.limits.connections_max)
        environment_.probe.over_limit.add();
    else if (!open(std::move(socket)))
        return accepted::out_of_resources;
    return accepted::one;
}

bool reactor::open(unique_fd socket)
{
    int const enable = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &enable, sizeof enable);
    session* opened = nullptr;
    try {
        net::tls_connection tls;
        if (shared_.tls && !(tls = shared_.tls->accept(socket.get())))
            return false;
        opened = new session(environment_, io_.get_executor(), std::move(socket), std::move(tls));
        sessions_.push_back(*opened);
        ++shared_.connections;
        boost::asio::co_spawn(io_, opened->run(), [this, opened](std::exception_ptr why) { ended(opened, why); });
        return true;
    } catch (std::exception const&) {
        // bad_alloc, or the system watches no more descriptors
        if (opened)
            ended(opened, nullptr);
        return false;
    }
}

void reactor::ended(session* which, std::exception_ptr why) noexcept
{
    if (why)
        observe::error("a connection ended by an exception; most likely memory is short");
    sessions_.erase_and_dispose(sessions_.iterator_to(*which), std::default_delete<session>());
    --shared_.connections;
    if (environment_.stopping && sessions_.empty())
        ticker_.cancel();
}

net::task<void> reactor::tick()
{
    auto const every = tick_of(shared_.limits);
    while (!environment_.stopping || !sessions_.empty()) {
        auto const at = now();
        turned_.store(at.time_since_epoch().count(), std::memory_order_relaxed);
        environment_.date = http_date(std::time(nullptr));
        environment_.probe.connections(shared_.connections.load(std::memory_order_relaxed));
        look_after_sessions(at);
        ticker_.expires_after(every);
        co_await ticker_.async_wait(net::as_result);
    }
    environment_.probe.connections(shared_.connections.load(std::memory_order_relaxed));
}

void reactor::look_after_sessions(instant at)
{
    for (auto& session : sessions_) {
        session.check_deadline(at);
        if (environment_.stopping && at >= stop_deadline_)
            session.terminate();
        else if (environment_.stopping)
            session.end_if_idle();
    }
}

}  // namespace bbstream::http
