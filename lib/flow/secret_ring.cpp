#include "flow/secret_ring.hpp"

#include <algorithm>

namespace bbstream::flow {

void secret_ring::replace(std::vector<std::string> texts)
{
    std::lock_guard const lock(mutex_);
    ring_secrets next;
    for (auto& text : texts) {
        auto const known =
            std::find_if(secrets_.begin(), secrets_.end(), [&](auto const& each) { return each->text == text; });
        next.push_back(known != secrets_.end() ? *known : std::make_shared<ring_secret>(std::move(text)));
    }
    secrets_ = std::move(next);
    version_.fetch_add(1, std::memory_order_release);
}

ring_secrets secret_ring::secrets() const
{
    std::lock_guard const lock(mutex_);
    return secrets_;
}

}  // namespace bbstream::flow
