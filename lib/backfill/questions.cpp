#include "backfill/questions.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace bbstream::backfill {

namespace {

// An answer wakes up whoever waits; this is no more than a bound.
constexpr std::chrono::hours long_wait{1};

}  // namespace

template <class View>
net::task<std::optional<View>> questions::ask(std::uint64_t after, std::function<View(state::state&)> look)
{
    using shared_answer = std::shared_ptr<answer<View>>;
    struct leaving {
        shared_answer what;
        ~leaving()
        {
            std::lock_guard const lock(what->mutex);
            what->wanted = false;
        }
    };
    shared_answer const shared = std::make_shared<answer<View>>();
    leaving const guard{shared};
    ask_(after, [this, shared, look = std::move(look)](state::state* of) {
        std::lock_guard const lock(shared->mutex);
        if (!shared->wanted)
            return;
        if (of)
            shared->seen = look(*of);
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

net::task<std::optional<normalize::reconcile_view>> questions::view(std::uint64_t after, std::string instance,
                                                                    std::string repository)
{
    std::function<normalize::reconcile_view(state::state&)> look =
        [instance = std::move(instance), repository = std::move(repository)](state::state& of) {
            return normalize::view_reconciliation(of, instance, repository);
        };
    co_return co_await ask(after, std::move(look));
}

net::task<std::optional<std::vector<std::string>>> questions::with_missing(std::uint64_t after, std::string instance)
{
    std::function<std::vector<std::string>(state::state&)> look = [instance = std::move(instance)](state::state& of) {
        return normalize::repositories_with_missing(of, instance);
    };
    co_return co_await ask(after, std::move(look));
}

net::task<std::optional<normalize::repositories_view>> questions::compare(
    std::uint64_t after, std::string instance, std::vector<normalize::listed_repository> listed, bool complete)
{
    std::function<normalize::repositories_view(state::state&)> look =
        [instance = std::move(instance), listed = std::move(listed), complete](state::state& of) {
            return normalize::view_repositories(of, instance, listed, complete);
        };
    co_return co_await ask(after, std::move(look));
}

}  // namespace bbstream::backfill
