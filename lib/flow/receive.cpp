// The sentence of receiving, one instance of it a reactor.
#include "flow/receive.hpp"

#include "flow/append_bridge.hpp"
#include "flow/receive_probe.hpp"
#include "http/json_body.hpp"
#include "normalize/polled.hpp"
#include "signature/signature.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace bbstream::flow {
namespace {

// The headers that matter, journaled with the body. Never the signature, nor credentials.
constexpr std::array<std::string_view, 10> journaled_headers = {
    "x-event-key",  "x-request-uuid", "x-request-id", "x-hook-uuid", "x-attempt-number",
    "x-event-time", "user-agent",     "content-type", "traceparent", "tracestate"};

using clock = std::chrono::steady_clock;

std::vector<std::string> texts_of(ring_secrets const& all)
{
    std::vector<std::string> texts;
    for (auto const& each : all)
        texts.push_back(each->text);
    return texts;
}

// A webhook with what a reactor needs for it.
struct source {
    webhook hook;
    receive_probe probe;
    std::uint64_t version = 0;  // of the ring, as far as it has been taken over; it begins at 1
    ring_secrets secrets;
    signature::verifier verifier;

    // An unusable secret was refused before it came into the ring.
    void refresh()
    {
        auto const now = hook.ring->version();
        if (now == version)
            return;
        version = now;
        secrets = hook.ring->secrets();
        verifier = signature::verifier::make(texts_of(secrets)).value();
    }
};

class receiver : public http::handler {
   public:
    receiver(std::vector<source> sources, net::executor on, journal::journal& journal)
        : sources_(std::move(sources)), bridge_(on, journal)
    {
    }

    std::span<std::string_view const> kept_headers() const override { return journaled_headers; }
    std::optional<http::reply> route(http::request& request) override;
    std::optional<http::reply> admit(http::request const& request) override;
    net::task<http::reply> handle(http::request& request) override;

   private:
    static bool is_ping(source const& to, std::string_view key);
    static bool is_unsigned_and_may_be(source const& to, http::request const& request);
    static bool is_authentic(source& to, http::request const& request);
    static http::reply answer_to(append_bridge::outcome const& appended, receive_probe& probe, std::string_view key);

    std::vector<source> sources_;
    append_bridge bridge_;
};

http::reply unauthorized(receive_probe& probe, std::string_view key)
{
    probe.count(key, received::unauthorized);
    return http::reply::error(401, "the signature is missing or wrong");
}

http::reply malformed(receive_probe& probe, std::string_view key)
{
    probe.count(key, received::malformed);
    return http::reply::error(400, key.empty() ? "no X-Event-Key" : "the body is not one JSON object");
}

http::reply pong(receive_probe& probe, std::string_view key)
{
    probe.count(key, received::ping);
    return http::reply::pong();
}

journal::record record_of(webhook const& hook, http::request const& request)
{
    journal::record made;
    made.received = now_micros();
    made.product = hook.platform;
    made.origin = journal::origin::webhook;
    made.instance = hook.instance;
    made.headers = request.headers;
    made.body = request.body;
    return made;
}

std::optional<http::reply> receiver::route(http::request& request)
{
    auto const found = std::find_if(sources_.begin(), sources_.end(),
                                    [&](source const& one) { return one.hook.path == request.path; });
    if (found == sources_.end())
        return http::reply::error(404, "no such path");
    if (request.method != http::method::post)
        return http::reply::error(405, "only POST");
    request.route = static_cast<std::size_t>(found - sources_.begin());
    found->refresh();
    return std::nullopt;
}

// A signature that cannot be one needs no body to be refused; but a chunked body may yet be too large, which comes
// first.
std::optional<http::reply> receiver::admit(http::request const& request)
{
    auto& to = sources_[request.route];
    auto const key = journal::header_value(request.headers, "x-event-key");
    auto const possible = request.signatures == 1 && signature::parse_header(request.signature);
    if (!request.length || possible || is_ping(to, key) || is_unsigned_and_may_be(to, request))
        return std::nullopt;
    return unauthorized(to.probe, key);
}

net::task<http::reply> receiver::handle(http::request& request)
{
    auto const begun = clock::now();
    auto& to = sources_[request.route];
    if (!to.hook.polled)  // before anything views into the headers
        request.headers += normalize::unpolled_header;
    auto const key = journal::header_value(request.headers, "x-event-key");

    if (is_ping(to, key))
        co_return pong(to.probe, key);
    if (!is_authentic(to, request))
        co_return unauthorized(to.probe, key);
    if (key.empty() || !http::is_json_object(request.body))
        co_return malformed(to.probe, key);

    auto const appended = co_await bridge_.append(record_of(to.hook, request));
    to.probe.acknowledged(clock::now() - begun);
    co_return answer_to(appended, to.probe, key);
}

bool receiver::is_ping(source const& to, std::string_view key)
{
    return to.hook.platform == product::datacenter && key == ping_event_key;
}

bool receiver::is_unsigned_and_may_be(source const& to, http::request const& request)
{
    return to.hook.allow_unsigned && (request.signatures == 0 || !to.verifier.has_secrets());
}

bool receiver::is_authentic(source& to, http::request const& request)
{
    if (is_unsigned_and_may_be(to, request))
        return true;
    auto const claimed = signature::parse_header(request.signature);
    if (request.signatures != 1 || !claimed)
        return false;
    auto const signer = to.verifier.which(*claimed, request.body);
    if (signer)
        to.secrets[*signer]->used.store(now_micros(), std::memory_order_relaxed);
    return signer.has_value();
}

http::reply receiver::answer_to(append_bridge::outcome const& appended, receive_probe& probe, std::string_view key)
{
    using journal::append_status;
    if (appended.status == append_status::durable) {
        probe.count(key, received::accepted);
        return http::reply::accepted(appended.sequence);
    }
    probe.count(key, received::unavailable);
    switch (appended.status) {
        case append_status::overloaded:
            return http::reply::error(503, "the journal is behind");
        case append_status::closed:
            return http::reply::error(503, "the journal is closing");
        default:
            return http::reply::error(503, "the journal takes no writes");
    }
}

}  // namespace

result<http::handler_factory> make_receiver(std::vector<webhook> webhooks, journal::journal& journal,
                                            observe::metrics& metrics)
{
    for (auto& hook : webhooks) {
        if (!hook.ring)
            hook.ring = std::make_shared<secret_ring>(hook.secrets);
        if (auto const usable = signature::verifier::make(texts_of(hook.ring->secrets())); !usable)
            return failure{usable.error().kind, "instance " + hook.instance + ": " + usable.error().message};
    }
    return http::handler_factory([webhooks = std::move(webhooks), &journal, &metrics](net::executor on) {
        std::vector<source> sources;
        for (auto const& hook : webhooks)
            sources.push_back({hook, receive_probe(metrics, hook.instance), 0, {}, {}});
        return std::make_unique<receiver>(std::move(sources), on, journal);
    });
}

}  // namespace bbstream::flow
