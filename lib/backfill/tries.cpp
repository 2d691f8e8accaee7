#include "backfill/tries.hpp"

#include "base/time.hpp"

#include <algorithm>

namespace bbstream::backfill {

std::chrono::seconds pause_after(unsigned tries, std::chrono::seconds first)
{
    auto pause = first;
    for (unsigned at = 1; at < tries; ++at)
        pause *= 10;
    return tries == 0 ? std::chrono::seconds(0) : pause;
}

std::chrono::milliseconds pause_after_looks(unsigned failed, std::chrono::milliseconds first,
                                            std::chrono::milliseconds longest)
{
    auto pause = first;
    for (unsigned at = 1; at < failed && pause < longest; ++at)
        pause *= 2;
    return std::min(pause, std::max(first, longest));
}

std::chrono::seconds wait_before_try(unsigned tries, state::seconds tried, std::chrono::seconds first)
{
    auto const pause = pause_after(tries, first);
    // Less than nothing by a clock that was put back.
    std::chrono::seconds const gone(now_micros() / 1'000'000 - tried);
    return std::clamp(pause - gone, std::chrono::seconds(0), pause);
}

std::string_view outcome_name(std::optional<refusal> why)
{
    switch (why.value_or(refusal::absent)) {
        case refusal::later:
            return "failed";
        case refusal::unauthorized:
        case refusal::stopped:
            return {};
        case refusal::forbidden:
            return "forbidden";
        case refusal::removed:
            return "removed";
        case refusal::absent:
            break;
    }
    return "absent";
}

}  // namespace bbstream::backfill
