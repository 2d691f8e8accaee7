#include "backfill/questions.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace bbstream::backfill {

namespace {

// An answer wakes up whoever waits; this is no more than a bound.
constexpr std::chrono::hours long_wait{1};

}  // namespace

net::task<std::optional<normalize::reconcile_view>> questions::view(std::uint64_t after, std::string instance,
                                                                    std::string repository)
{
    struct leaving {
        std::shared_ptr<answer> what;
        ~leaving()
        {
            std::lock_guard const lock(what->mutex);
            what->wanted = false;
        }
    };
    auto const shared = std::make_shared<answer>();
    leaving const guard{shared};
    ask_(after, [this, shared, instance = std::move(instance), repository = std::move(repository)](state::state* of) {
        std::lock_guard const lock(shared->mutex);
        if (!shared->wanted)
            return;
        if (of)
            shared->seen = normalize::view_reconciliation(*of, instance, repository);
        shared->given = true;
        boost::asio::post(on_, [this, shared] {
            std::lock_guard const still(shared->mutex);
            if (shared->wanted)
                waiting_.wake();
        });
    });
    for (;;) {
        {
            std::lock_guard const lock(shared->mutex);
            if (shared->given)
                co_return std::move(shared->seen);
        }
        if (bool const waits = co_await waiting_.sleep(long_wait); !waits)
            co_return std::nullopt;
    }
}

}  // namespace bbstream::backfill
