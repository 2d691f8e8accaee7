#include "rest/restraint.hpp"

#include <algorithm>

namespace bbstream::rest {

void restraint::note(allowance const& said, instant now)
{
    if (said.nearly_used_up) {
        until_ = now + restrained_for;
        // The limit may be lower than what is configured.
        auto const told = said.limit ? static_cast<double>(*said.limit) / 3600 : usual_;
        restrained_ = restrained_share * std::min(usual_, told);
    }
    if (said.nearly_used_up && said.remaining == 0u && said.reset) {
        if (now >= nothing_until_)
            nothing_since_ = now;
        // However often it is put off.
        nothing_until_ = std::min(now + *said.reset, nothing_since_ + reset_max);
    } else if (said.remaining.value_or(0) > 0) {
        nothing_until_ = {};
    }
}

instant restraint::ready_at() const
{
    using seconds = std::chrono::duration<double>;
    // No longer apart than the restraint lasts, so that a limit of next to nothing does not stop them.
    auto const apart = std::min(seconds(restrained_for), seconds(1 / restrained_));
    auto const next = latest_ + std::chrono::duration_cast<instant::duration>(apart);
    return std::max(std::min(next, until_), nothing_until_);
}

}  // namespace bbstream::rest
