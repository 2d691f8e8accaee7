#include "rest/budget.hpp"

#include <algorithm>
#include <charconv>

namespace bbstream::rest {
namespace {

using seconds = std::chrono::duration<double>;

// No limit is so high: what is beyond is no count.
constexpr std::uint64_t count_max = 1'000'000'000;

std::optional<std::uint64_t> number_in(std::string_view text, std::uint64_t most)
{
    std::uint64_t value = 0;
    auto const* const end = text.data() + text.size();
    auto const [at, error] = std::from_chars(text.data(), end, value);
    bool const whole = error == std::errc{} && at == end && !text.empty();
    return whole && value <= most ? std::optional(value) : std::nullopt;
}

// A client has met a number there.
std::optional<bool> flag_in(std::string_view text)
{
    std::string lower;
    for (char const c : text)
        lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower == "true" ? std::optional(true) : lower == "false" ? std::optional(false) : std::nullopt;
}

}  // namespace

token_bucket::token_bucket(budget limits, instant now) : limits_(limits), tokens_(limits.burst), filled_(now) {}

void token_bucket::refill(instant now)
{
    if (now <= filled_)
        return;
    tokens_ = std::min(limits_.burst, tokens_ + seconds(now - filled_).count() * limits_.per_second);
    filled_ = now;
}

bool token_bucket::take(instant now, double kept)
{
    refill(now);
    // What floating point loses on the way to a whole token shall not cost another wait.
    constexpr double nearly_one = 1 - 1e-6;
    if (now < paused_until_ || tokens_ < nearly_one + kept)
        return false;
    tokens_ = std::max(0.0, tokens_ - 1);
    return true;
}

instant token_bucket::ready_at(double tokens) const
{
    auto const missing = seconds(std::max(0.0, tokens - tokens_) / limits_.per_second);
    return std::max(paused_until_, filled_ + std::chrono::ceil<instant::duration>(missing));
}

void token_bucket::pause_until(instant when)
{
    paused_until_ = std::max(paused_until_, when);
}

allowance read_allowance(response const& from)
{
    allowance read;
    read.limit = number_in(from.header("x-ratelimit-limit"), count_max);
    if (read.limit == 0u)
        read.limit.reset();
    read.remaining = number_in(from.header("x-ratelimit-remaining"), read.limit.value_or(count_max));
    if (auto const reset = number_in(from.header("x-ratelimit-reset"), reset_max / std::chrono::seconds(1)))
        read.reset = std::chrono::seconds(*reset);
    bool const few_left = read.limit && read.remaining && *read.remaining * 5 < *read.limit;
    read.nearly_used_up = flag_in(from.header("x-ratelimit-nearlimit")).value_or(few_left);
    return read;
}

}  // namespace bbstream::rest
