// One renewal of a token for all who find it missing at the same time.
#pragma once

#include "base/failure.hpp"
#include "rest/pacer.hpp"

#include <functional>
#include <list>
#include <memory>
#include <optional>

namespace bbstream::rest {

// Of one thread; outlives its coroutines.
class joint_renewal {
   public:
    using deed = std::function<net::task<result<void>>()>;

    explicit joint_renewal(net::executor on) : on_(on) {}

    // Does it, or waits for the one that does it just now; gives how that ended.
    net::task<result<void>> join(deed renew);

   private:
    struct attempt {
        std::optional<result<void>> outcome;
        std::list<timer> waiting;
    };

    net::task<result<void>> wait_for(std::shared_ptr<attempt> what);

    net::executor on_;
    std::shared_ptr<attempt> under_way_;
};

}  // namespace bbstream::rest
