#include "flow/inquiries.hpp"

#include <algorithm>
#include <utility>

namespace bbstream::flow {

void inquiries::ask(std::uint64_t after, question what)
{
    {
        std::lock_guard const lock(mutex_);
        if (!closed_) {
            waiting_.push_back({after, std::move(what)});
            return;
        }
    }
    what(nullptr);
}

void inquiries::answer(std::uint64_t applied, state::state& from)
{
    std::vector<waiting> ready;
    {
        std::lock_guard const lock(mutex_);
        auto const later = std::stable_partition(waiting_.begin(), waiting_.end(),
                                                 [&](auto const& each) { return each.after > applied; });
        std::move(later, waiting_.end(), std::back_inserter(ready));
        waiting_.erase(later, waiting_.end());
    }
    for (auto const& each : ready)
        each.what(&from);
}

void inquiries::close()
{
    std::vector<waiting> left;
    {
        std::lock_guard const lock(mutex_);
        closed_ = true;
        left.swap(waiting_);
    }
    for (auto const& each : left)
        each.what(nullptr);
}

}  // namespace bbstream::flow
