#include "rest/leave.hpp"

#include <algorithm>

namespace bbstream::rest {
namespace {

using std::chrono::milliseconds;

// Where nobody gives leave, a daemon may have been started meanwhile.
constexpr std::chrono::seconds asked_again_after{60};
// Whatever the daemon says: not at full speed, and not never.
constexpr milliseconds pause_least{1'000};

}  // namespace

unsigned leave_book::wanted() const
{
    return std::min(leave_max, used_ + 1);
}

void leave_book::note(std::optional<leave> const& answer, instant now)
{
    given_ = answer.has_value();
    left_ = given_ ? std::min(answer->requests, leave_max) : 0;
    if (given_)
        from_ = now + std::clamp(answer->wait, left_ > 0 ? milliseconds(0) : pause_least, leave_wait_max);
    else
        from_ = now + asked_again_after;
}

bool leave_book::take(instant now)
{
    if (left_ == 0 || now < from_)
        return false;
    --left_;
    ++used_;
    return true;
}

}  // namespace bbstream::rest
