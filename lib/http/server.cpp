// Starts and stops the reactors together.
#include "http/server.hpp"

#include "http/reactor.hpp"
#include "net/listen_socket.hpp"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <thread>

namespace bbstream::http {
namespace {

// Bodies that are being received, in all reactors together; the rest is answered 503. It never comes to that unless
// some thirty bodies of the largest size are sent at the same time.
constexpr std::uint64_t body_memory_bytes = 256 * 1024 * 1024;

bool sigpipe_is_ignored()
{
    struct sigaction action {};
    return ::sigaction(SIGPIPE, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

server::server(config::ingest limits, handler_factory make_handler, observe::metrics& metrics, std::size_t reactors)
    : shared_(std::make_unique<listener_state>()),
      make_handler_(std::move(make_handler)),
      metrics_(metrics),
      count_(reactors != 0 ? reactors : std::max(1u, std::thread::hardware_concurrency()))
{
    shared_->limits = std::move(limits);
    shared_->bodies.bytes_max = std::max(body_memory_bytes, 2 * shared_->limits.body_bytes_max);
}

server::~server()
{
    stop(std::chrono::milliseconds(0));
}

result<void> server::start()
{
    if (!sigpipe_is_ignored())
        return failure{failure_kind::invalid, "SIGPIPE must be ignored before the listener starts"};
    auto const& limits = shared_->limits;
    auto allowed = net::cidr_list::parse(limits.allow_from);
    if (!allowed)
        return failure{failure_kind::invalid, "ingest.allow_from: " + allowed.error().message};
    shared_->allowed = std::move(*allowed);
    if (limits.tls.enabled) {
        auto loaded = net::tls_context::load(limits.tls.certificate, limits.tls.key);
        if (!loaded)
            return loaded.error();
        shared_->tls = std::move(*loaded);
    }
    auto listening = net::listen_on(limits.listen, count_);
    if (!listening)
        return listening.error();
    port_ = listening->port;
    path_ = listening->path;

    probe const counts(metrics_);
    for (auto& socket : listening->sockets)
        reactors_.push_back(std::make_unique<reactor>(*shared_, std::move(socket), make_handler_, counts));
    for (auto const& one : reactors_)
        one->start();
    return {};
}

bool server::turning() const
{
    auto const now = std::chrono::steady_clock::now();
    return std::all_of(reactors_.begin(), reactors_.end(), [&](auto const& one) { return one->turning(now); });
}

std::size_t server::connections() const
{
    return shared_->connections.load();
}

result<void> server::reload_certificate()
{
    return shared_->tls ? shared_->tls->reload() : result<void>{};
}

void server::stop(std::chrono::milliseconds grace)
{
    if (!path_.empty())
        ::unlink(path_.c_str());
    path_.clear();
    auto const deadline = std::chrono::steady_clock::now() + grace;
    for (auto const& one : reactors_)
        one->stop(deadline);
    for (auto const& one : reactors_)
        one->join();
    reactors_.clear();
}

}  // namespace bbstream::http
