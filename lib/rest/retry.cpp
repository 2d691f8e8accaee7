#include "rest/retry.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <ctime>
#include <string>

namespace bbstream::rest {
namespace {

constexpr unsigned too_many_requests = 429;
// Cloud's own: a merge or a diff took too long.
constexpr unsigned took_too_long = 555;
// The first wait where nothing is asked for; each further one is twice as long.
constexpr double wait_after_refusal_ms = 5'000;
constexpr double wait_after_failure_ms = 500;
constexpr double wait_max_ms = 60'000;

bool may_pass(unsigned status)
{
    return status == 0 || status == 408 || status == 500 || status == 502 || status == 503 || status == 504 ||
           status == took_too_long;
}

}  // namespace

std::optional<milliseconds> parse_retry_after(std::string_view text, micros now)
{
    std::uint64_t seconds = 0;
    auto const* const end = text.data() + text.size();
    if (auto const [at, error] = std::from_chars(text.data(), end, seconds); at == end && !text.empty()) {
        constexpr std::uint64_t most = retry_after_max / std::chrono::seconds(1);
        bool const beyond = error == std::errc::result_out_of_range || seconds > most;
        return beyond ? retry_after_max : milliseconds(seconds * 1000);
    }
    auto const date = parse_http_date(text);
    if (!date)
        return std::nullopt;
    return std::clamp(milliseconds((*date - now) / 1000), milliseconds(0), retry_after_max);
}

std::optional<milliseconds> retry_after_of(response const& answer, micros now)
{
    return parse_retry_after(answer.header("retry-after"), parse_http_date(answer.header("date")).value_or(now));
}

std::optional<micros> parse_http_date(std::string_view text)
{
    std::tm date{};
    std::string const whole(text);
    auto const* const parsed = ::strptime(whole.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &date);
    if (parsed == nullptr || *parsed != '\0')
        return std::nullopt;
    return static_cast<micros>(::timegm(&date)) * 1'000'000;
}

std::optional<milliseconds> wait_before_retry(attempt const& last)
{
    bool const refused = last.status == too_many_requests;
    if (last.number >= tries_max || !(refused || (may_pass(last.status) && last.repeatable)))
        return std::nullopt;
    // "Retry-After: 0" of a server that is over its limit would make us hammer it.
    if (last.retry_after && last.retry_after->count() > 0)
        return *last.retry_after + milliseconds(static_cast<std::int64_t>(last.jitter * wait_after_failure_ms));
    auto const first = refused ? wait_after_refusal_ms : wait_after_failure_ms;
    auto const wait = std::min(wait_max_ms, first * std::exp2(last.number - 1));
    return milliseconds(static_cast<std::int64_t>(wait * (0.5 + last.jitter)));
}

}  // namespace bbstream::rest
