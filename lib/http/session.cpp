// The life of a connection as coroutines.
#include "http/session.hpp"

#include <algorithm>

namespace bbstream::http {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t head_bytes_max = 16 * 1024;
// What may wait unparsed: a head, or pipelined requests that came with the end of another one.
constexpr std::size_t unparsed_bytes_max = 64 * 1024;
// Small strings of a request are kept for the next one; larger ones are given back.
constexpr std::size_t kept_capacity_max = 1024;
// Bodies of requests that were answered serve for those to come; how many a reactor keeps, and how large.
constexpr std::size_t spare_bodies_max = 64;
constexpr std::size_t spare_body_bytes_max = 16 * 1024;
// Pipelined requests answered before other connections get a turn.
constexpr unsigned requests_in_a_row_max = 16;
constexpr milliseconds answer_timeout{10'000};
// After an answer to a request that was not read whole: how long, and how much, is still read and thrown away, so that
// the client gets to see the answer.
constexpr milliseconds drain_timeout{2'000};
constexpr std::uint64_t drain_bytes_max = 32 * 1024 * 1024;

constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

void forget(std::string& text)
{
    text.clear();
    if (text.capacity() > kept_capacity_max)
        text.shrink_to_fit();
}

}  // namespace

session::session(session_environment& shared, net::executor on, unique_fd socket, net::tls_connection tls)
    : shared_(shared),
      stream_(on, std::move(socket), std::move(tls)),
      parser_(shared.handler->kept_headers(), {head_bytes_max, shared.limits.body_bytes_max})
{
}

session::~session()
{
    shared_.bodies.held -= body_bytes_held_;
}

net::task<void> session::run()
{
    auto more = co_await shake_hands();
    if (!more && !shared_.stopping)
        shared_.probe.failed_handshake.add();
    while (more)
        more = co_await exchange();
    if (terminated_)
        co_return;
    stream_.finish();
    if (unread_)
        co_await drain();
}

net::task<bool> session::shake_hands()
{
    enter(phase::handshake);
    for (;;) {
        auto const state = stream_.handshake();
        if (state == net::io::done)
            co_return true;
        if (state == net::io::closed)
            co_return false;
        co_await stream_.wait(state);
        if (must_end())
            co_return false;
    }
}

// One request and its answer; whether another one may follow.
net::task<bool> session::exchange()
{
    enter(phase::idle);
    parser_.start(request_);
    auto const seen = co_await next_request();
    if (seen == arrival::gone)
        co_return false;
    auto keep_alive = request_.keep_alive && !must_end();
    auto what = refused_;
    if (seen == arrival::whole) {
        enter(phase::handling);
        what = co_await shared_.handler->handle(request_);
    } else {
        keep_alive = keep_alive && refused_whole_;
        unread_ = !refused_whole_;
    }
    keep_alive = keep_alive && !shared_.stopping;
    auto const sent = co_await answer(*what, keep_alive);
    forget_request();
    co_return sent&& keep_alive;
}

net::task<session::arrival> session::next_request()
{
    auto const at_hand = !unparsed_.empty() || stream_.has_buffered();
    if (at_hand && ++in_a_row_ % requests_in_a_row_max == 0)
        co_await stream_.yield();
    auto seen = unparsed_.empty() ? arrival::more : take({});
    // Right after an answer the socket is empty as a rule: waiting at once saves a read in vain.
    auto state = stream_.has_buffered() ? net::io::done : net::io::want_read;
    for (;;) {
        if (seen == arrival::continue_first) {
            auto const sent = co_await send(continue_line);
            if (!sent)
                co_return arrival::gone;
            seen = take({});
        } else if (seen != arrival::more) {
            co_return seen;
        }
        if (state != net::io::done) {
            co_await stream_.wait(state);
            if (must_end())
                co_return cut_short();
        }
        auto const got = stream_.read(shared_.scratch);
        state = got.state;
        // Only after the read: a request may have come in together with the wish to stop.
        auto const leaving = state != net::io::done && shared_.stopping && phase_ == phase::idle;
        if (state == net::io::closed || leaving)
            co_return cut_short();
        if (state == net::io::done)
            seen = take({shared_.scratch.data(), got.bytes});
    }
}

// The peer ended its side, a deadline passed or we are to end before a request was whole.
session::arrival session::cut_short()
{
    if (terminated_ || phase_ == phase::idle)
        return arrival::gone;
    if (!expired_)
        return refuse(reply::error(400, "the request ended before it was whole"));
    expired_ = false;
    return refuse(reply::error(408, phase_ == phase::head ? "the headers took too long" : "the body took too long"));
}

// Parses `fresh`, after what was left over before, and puts aside what was not consumed.
session::arrival session::take(std::span<char const> fresh)
{
    std::string_view bytes{fresh.data(), fresh.size()};
    auto const in_place = unparsed_.empty();
    if (!in_place)
        bytes = unparsed_.append(bytes);
    if (phase_ == phase::idle && !bytes.empty())
        enter(phase::head);
    std::size_t consumed = 0;
    auto seen = parse(bytes, consumed);
    if (in_place)
        unparsed_.assign(bytes.substr(consumed));
    else
        unparsed_.erase(0, consumed);
    if (seen == arrival::more && unparsed_.size() > unparsed_bytes_max)
        return refuse(reply::error(400, "a chunk's header is too long"));
    if (seen == arrival::more && phase_ == phase::body && !hold_body())
        return refuse(reply::error(503, "too many large bodies at once"));
    return seen;
}

session::arrival session::parse(std::string_view bytes, std::size_t& consumed)
{
    using status = request_parser::status;
    for (;;) {
        auto const [state, used] = parser_.feed(bytes.substr(consumed));
        consumed += used;
        switch (state) {
            case status::need_more:
                return refused_ ? arrival::refused : arrival::more;
            case status::complete:
                return refused_ ? refuse(*refused_, true) : arrival::whole;
            case status::head:
                enter(phase::body);
                take_spare_body();
                if (head_arrived() == arrival::refused)
                    parser_.discard_body();
                else if (request_.expects_continue && request_.length != 0 && consumed == bytes.size())
                    return arrival::continue_first;
                break;
            case status::malformed:
                return refuse(refused_.value_or(reply::error(400, "malformed HTTP")));
            case status::head_too_large:
            case status::body_too_large:
                if (refused_)
                    return arrival::refused;
                if (auto const refusal = route_if_known())
                    return refuse(*refusal);
                return refuse(state == status::head_too_large ? reply::error(431, "the headers are too large")
                                                              : reply::error(413, "the body is too large"));
        }
    }
}

// A request line that is too long to be read names no path.
std::optional<reply> session::route_if_known()
{
    return request_.path.empty() ? std::nullopt : shared_.handler->route(request_);
}

session::arrival session::head_arrived()
{
    if (auto const refusal = shared_.handler->route(request_))
        return refuse(*refusal);
    if (auto const refusal = shared_.handler->admit(request_))
        return refuse(*refusal);
    return arrival::more;
}

session::arrival session::refuse(reply const& with, bool whole)
{
    refused_ = with;
    refused_whole_ = whole;
    return arrival::refused;
}

// Accounts for what the body takes now; whether all bodies together are within their bound.
bool session::hold_body()
{
    auto const takes = request_.body.capacity();
    auto const took = std::exchange(body_bytes_held_, takes);
    return (shared_.bodies.held += takes - took) <= shared_.bodies.bytes_max;
}

net::task<bool> session::answer(reply const& what, bool keep_alive)
{
    enter(phase::answering);
    std::array<char, rendered_bytes_max> rendered;
    auto const size = render(what, {keep_alive, request_.method == method::head, shared_.date}, rendered);
    shared_.probe.answered(what.status());
    co_return co_await send({rendered.data(), size});
}

net::task<bool> session::send(std::span<char const> bytes)
{
    while (!bytes.empty()) {
        auto const put = stream_.write(bytes);
        bytes = bytes.subspan(put.bytes);
        if (put.state == net::io::done)
            continue;
        if (put.state == net::io::closed)
            co_return false;
        co_await stream_.wait(put.state);
        if (must_end())
            co_return false;
    }
    co_return true;
}

net::task<void> session::drain()
{
    enter(phase::draining);
    for (std::uint64_t drained = 0; drained < drain_bytes_max && !must_end();) {
        auto const got = stream_.discard(shared_.scratch);
        drained += got.bytes;
        if (got.state == net::io::closed)
            co_return;
        if (got.state != net::io::done)
            co_await stream_.wait(got.state);
    }
}

void session::enter(phase next)
{
    auto const limit = [&]() -> std::optional<milliseconds> {
        switch (next) {
            case phase::handshake:
                return shared_.limits.handshake_timeout;
            case phase::idle:
                return shared_.limits.idle_timeout;
            case phase::head:
                return shared_.limits.header_timeout;
            case phase::body:
                return shared_.limits.body_timeout;
            case phase::answering:
                return answer_timeout;
            case phase::draining:
                return drain_timeout;
            case phase::handling:
                break;  // a hand-over to the journal always comes back
        }
        return std::nullopt;
    }();
    phase_ = next;
    deadline_ = limit ? std::chrono::steady_clock::now() + *limit : instant::max();
}

void session::check_deadline(instant now)
{
    if (now < deadline_)
        return;
    expired_ = true;
    stream_.cancel();
}

void session::end_if_idle()
{
    if (phase_ == phase::handshake)
        terminate();
    else if (phase_ == phase::idle)
        stream_.cancel();
}

void session::terminate()
{
    terminated_ = true;
    stream_.cancel();
}

void session::forget_body()
{
    auto& spare = shared_.spare_bodies;
    auto const capacity = request_.body.capacity();
    request_.body.clear();
    if (capacity > kept_capacity_max && capacity <= spare_body_bytes_max && spare.size() < spare_bodies_max)
        spare.push_back(std::move(request_.body));
    else
        forget(request_.body);
    hold_body();
}

void session::take_spare_body()
{
    if (shared_.spare_bodies.empty())
        return;
    request_.body = std::move(shared_.spare_bodies.back());
    shared_.spare_bodies.pop_back();
}

void session::forget_request()
{
    forget(request_.path);
    forget(request_.headers);
    forget(request_.signature);
    forget_body();
    request_.signatures = 0;
    request_.length.reset();
    request_.method = method::other;
    request_.keep_alive = request_.expects_continue = false;
    refused_.reset();
    refused_whole_ = false;
}

}  // namespace bbstream::http
