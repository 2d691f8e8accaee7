#include "rest/transport.hpp"

#include <algorithm>

namespace bbstream::rest {
namespace {

using clock = std::chrono::steady_clock;

// Servers close connections that are idle for a minute or so; ours go before that.
constexpr std::chrono::seconds idle_max{45};

std::string key_of(net::web_address const& server)
{
    return (server.tls ? "https://" : "http://") + server.host + ' ' + server.port;
}

std::string wire_bytes(net::web_address const& to, request const& what, header_list const& headers)
{
    std::string bytes(method_name(what.how));
    bytes += ' ' + what.target + " HTTP/1.1\r\nHost: " + to.authority +
             "\r\nUser-Agent: bbstream\r\nAccept: " + what.accept + "\r\n";
    for (auto const& [name, value] : headers)
        bytes += name + ": " + value + "\r\n";
    if (!what.body.empty())
        bytes += "Content-Type: " + what.content_type + "\r\n";
    // Cloud answers 411 to a POST without it.
    if (what.how == method::post || what.how == method::put)
        bytes += "Content-Length: " + std::to_string(what.body.size()) + "\r\n";
    return bytes + "\r\n" + what.body;
}

}  // namespace

// One of the connections that may be at work; also when the coroutine is cancelled.
class transport::slot {
   public:
    explicit slot(transport& of) : of_(of)
    {
        ++of_.in_use_;
        // Two that ended at once have woken the same one.
        of_.wake_next();
    }
    ~slot()
    {
        done();
        --of_.in_use_;
        of_.wake_next();
    }
    slot(slot const&) = delete;
    slot& operator=(slot const&) = delete;

    // Lets stop() reach it.
    void at_work(link over, bool outlasts_stop = false)
    {
        done();
        here_ = of_.busy_.insert(of_.busy_.end(), {std::move(over), outlasts_stop});
        listed_ = true;
    }
    void done()
    {
        if (listed_)
            of_.busy_.erase(here_);
        listed_ = false;
    }

   private:
    transport& of_;
    std::list<working>::iterator here_;
    bool listed_ = false;
};

transport::transport(net::executor on, std::unique_ptr<net::tls_client> tls, proxy_settings proxy)
    : on_(on), tls_(std::move(tls)), proxy_(std::move(proxy))
{
}

result<std::unique_ptr<transport>> transport::make(net::executor on, std::string const& ca_file, proxy_settings proxy)
{
    auto tls = net::tls_client::make(ca_file);
    if (!tls)
        return tls.error();
    return std::unique_ptr<transport>(new transport(on, std::move(*tls), std::move(proxy)));
}

void transport::wake_next()
{
    if (!waiting_.empty() && in_use_ < connections_max)
        waiting_.front().cancel();
}

net::task<bool> transport::wait_for_slot()
{
    struct leaving {
        std::list<waiting_timer>& all;
        std::list<waiting_timer>::iterator mine;
        ~leaving() { all.erase(mine); }
    };
    while (!stopped_ && in_use_ >= connections_max) {
        leaving const guard{waiting_, waiting_.emplace(waiting_.end(), on_)};
        guard.mine->expires_at(clock::time_point::max());
        co_await guard.mine->async_wait(net::as_result);
    }
    co_return !stopped_;
}

transport::link transport::kept(std::string const& server)
{
    auto const oldest = clock::now() - idle_max;
    idle_.remove_if([&](idle const& each) { return each.since < oldest || !each.over->reusable(); });
    auto const found =
        std::find_if(idle_.rbegin(), idle_.rend(), [&](idle const& each) { return each.server == server; });
    if (found == idle_.rend())
        return nullptr;
    auto over = std::move(found->over);
    idle_.erase(std::next(found).base());
    return over;
}

void transport::keep(std::string const& server, link over)
{
    if (stopped_ || !over->reusable())
        return;
    idle_.push_back({server, std::move(over), clock::now()});
    if (idle_.size() > connections_max)
        idle_.pop_front();
}

net::task<result<transport::link>> transport::connect(net::web_address to, slot& mine)
{
    auto way = route_to(std::move(to), proxy_);
    if (!way)
        co_return way.error();
    auto over = std::make_shared<connection>(on_, std::move(*way), tls_.get());
    mine.at_work(over);
    auto const opened = co_await over->open();
    if (!opened)
        co_return opened.error();
    co_return over;
}

net::task<result<response>> transport::send(net::web_address to, request what, header_list headers)
{
    bool const free = co_await wait_for_slot();
    if (!free)
        co_return failure{failure_kind::unavailable, to.host + ": given up"};
    slot mine(*this);
    auto const server = key_of(to);
    auto const bytes = wire_bytes(to, what, headers);
    if (auto const over = what.repeatable() ? kept(server) : nullptr) {
        mine.at_work(over);
        auto answer = co_await over->exchange(bytes, what.sink);
        if (answer)
            keep(server, over);
        // A kept connection that ended without a byte of an answer had been closed meanwhile.
        if (answer || over->answered() || stopped_)
            co_return answer;
    }
    auto const over = co_await connect(to, mine);
    if (!over)
        co_return over.error();
    mine.at_work(*over, what.outlasts_stop);
    auto answer = co_await (*over)->exchange(bytes, what.sink);
    if (answer)
        keep(server, *over);
    co_return answer;
}

void transport::stop()
{
    stopped_ = true;
    idle_.clear();
    for (auto const& each : busy_)
        if (each.outlasts_stop)
            each.over->hasten(last_patience);
        else
            each.over->stop();
    for (auto& each : waiting_)
        each.cancel();
}

}  // namespace bbstream::rest
