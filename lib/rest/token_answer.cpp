#include "rest/token_answer.hpp"

#include "rest/finding.hpp"
#include "rest/json.hpp"

#include <algorithm>

namespace bbstream::rest {
namespace {

constexpr std::size_t reason_bytes_max = 300;
// Nobody's token lives longer; what is said beyond that must not run out of the calendar.
constexpr std::int64_t life_seconds_max = 366 * 24 * 3600;

failure refusal(response const& from, json const& said)
{
    auto const passing = from.status == 429 || from.status >= 500;
    auto const reason =
        cut(said["error_description"].text().value_or(said["error"].text().value_or("")), reason_bytes_max);
    return {passing ? failure_kind::unavailable : failure_kind::permanent, "the OAuth token endpoint refuses (" +
                                                                               std::to_string(from.status) + ")" +
                                                                               (reason.empty() ? "" : ": " + reason)};
}

}  // namespace

result<token_answer> read_token_answer(response const& from)
{
    json_document document;
    auto const said = document.parse(from.body);
    auto const token = said["access_token"].text();
    if (!from.ok())
        return refusal(from, said);
    // It becomes a header: nothing of it may end one.
    auto const fits = [](char c) { return c > ' ' && c < 0x7f; };
    if (!token || token->empty() || !std::all_of(token->begin(), token->end(), fits))
        return failure{failure_kind::permanent, "the OAuth token endpoint gives no access token"};
    token_answer read;
    read.access_token = *token;
    read.refresh_token = said["refresh_token"].text().value_or("");
    read.scope = said["scope"].text().value_or(said["scopes"].text().value_or(""));
    if (auto const seconds = said["expires_in"].number(); seconds && *seconds > 0)
        read.expires_in = std::chrono::seconds(std::min<std::int64_t>(*seconds, life_seconds_max));
    return read;
}

}  // namespace bbstream::rest
