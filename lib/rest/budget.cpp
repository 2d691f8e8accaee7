#include "rest/budget.hpp"

#include <algorithm>
#include <charconv>

namespace bbstream::rest {
namespace {

using seconds = std::chrono::duration<double>;

std::optional<std::uint64_t> number_in(std::string_view text)
{
    std::uint64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && !text.empty() ? std::optional(value) : std::nullopt;
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
    read.limit = number_in(from.header("x-ratelimit-limit"));
    read.remaining = number_in(from.header("x-ratelimit-remaining"));
    read.nearly_used_up = from.header("x-ratelimit-nearlimit") == "true";
    if (read.limit && read.remaining)
        read.nearly_used_up = read.nearly_used_up || *read.remaining * 5 < *read.limit;
    return read;
}

}  // namespace bbstream::rest
