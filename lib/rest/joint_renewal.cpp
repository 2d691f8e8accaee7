#include "rest/joint_renewal.hpp"

namespace bbstream::rest {

net::task<result<void>> joint_renewal::join(deed renew)
{
    if (under_way_)
        co_return co_await wait_for(under_way_);
    auto const mine = under_way_ = std::make_shared<attempt>();
    // Also when the coroutine is cancelled: the others must not wait for ever.
    struct leaving {
        joint_renewal& of;
        std::shared_ptr<attempt> mine;
        ~leaving()
        {
            if (!mine->outcome)
                mine->outcome = failure{failure_kind::unavailable, "renewing the tokens was given up"};
            of.under_way_.reset();
            for (auto& each : mine->waiting)
                each.cancel();
        }
    } const guard{*this, mine};
    mine->outcome = co_await renew();
    co_return *mine->outcome;
}

net::task<result<void>> joint_renewal::wait_for(std::shared_ptr<attempt> what)
{
    auto const mine = what->waiting.emplace(what->waiting.end(), on_);
    struct leaving {
        attempt& of;
        std::list<timer>::iterator mine;
        ~leaving() { of.waiting.erase(mine); }
    } const guard{*what, mine};
    while (!what->outcome) {
        mine->expires_at(instant::max());
        co_await mine->async_wait(net::as_result);
    }
    co_return *what->outcome;
}

}  // namespace bbstream::rest
