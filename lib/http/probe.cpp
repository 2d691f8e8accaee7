// The listener's metrics.
#include "http/probe.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace bbstream::http {
namespace {

constexpr std::array statuses = {200u, 400u, 401u, 404u, 405u, 408u, 413u, 431u, 503u};

observe::counter refused_connections(observe::metrics& metrics, std::string_view reason)
{
    return metrics.make_counter("bbstream_connections_refused_total", "Connections closed before a request",
                                {{"reason", reason}});
}

observe::counter answers(observe::metrics& metrics, std::string_view status)
{
    return metrics.make_counter("bbstream_http_answers_total", "Answers of the webhook listener by status",
                                {{"status", status}});
}

template <std::size_t... I>
std::array<observe::counter, sizeof...(I) + 1> all_answers(observe::metrics& metrics, std::index_sequence<I...>)
{
    return {answers(metrics, std::to_string(statuses[I]))..., answers(metrics, "other")};
}

}  // namespace

probe::probe(observe::metrics& metrics)
    : over_limit(refused_connections(metrics, "connections_max")),
      not_allowed(refused_connections(metrics, "allow_from")),
      failed_handshake(refused_connections(metrics, "handshake")),
      connections_(metrics.make_gauge("bbstream_connections", "Open connections of the webhook listener")),
      answers_(all_answers(metrics, std::make_index_sequence<statuses.size()>{}))
{
}

void probe::answered(unsigned status) const
{
    auto const found = std::find(statuses.begin(), statuses.end(), status);
    answers_[static_cast<std::size_t>(found - statuses.begin())].add();
}

}  // namespace bbstream::http
