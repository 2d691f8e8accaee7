#include "flow/handover.hpp"

#include <utility>

namespace bbstream::flow {

bool handover::try_put(parcel& filled)
{
    std::lock_guard const lock(mutex_);
    if (waiting_)
        return false;
    waiting_ = std::move(filled);
    changed_.notify_all();
    return true;
}

bool handover::wait_room()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || !waiting_; });
    return !waiting_;
}

std::optional<parcel> handover::take(std::chrono::milliseconds at_most)
{
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, at_most, [this] { return closed_ || waiting_; });
    auto taken = std::exchange(waiting_, std::nullopt);
    changed_.notify_all();
    return taken;
}

bool handover::finished() const
{
    std::lock_guard const lock(mutex_);
    return closed_ && !waiting_;
}

void handover::give_back(event::batch&& used)
{
    used.clear();
    std::lock_guard const lock(mutex_);
    if (spares_.size() < spares_max)
        spares_.push_back(std::move(used));
}

event::batch handover::spare()
{
    std::lock_guard const lock(mutex_);
    if (spares_.empty())
        return {};
    auto taken = std::move(spares_.back());
    spares_.pop_back();
    return taken;
}

void handover::close()
{
    std::lock_guard const lock(mutex_);
    closed_ = true;
    changed_.notify_all();
}

}  // namespace bbstream::flow
