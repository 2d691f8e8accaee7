#include "journal/frame_pool.hpp"

#include <algorithm>
#include <bit>

namespace bbstream::journal {

std::shared_ptr<frame> frame_pool::take(std::size_t capacity)
{
    std::unique_ptr<frame> taken;
    {
        std::lock_guard const lock(mutex_);
        free_.reserve(free_max);
        auto const fits = [capacity](std::unique_ptr<frame> const& each) {
            return each->bytes.capacity() >= capacity &&
                   each->bytes.capacity() <= std::max(capacity, capacity_least) * waste_factor_max;
        };
        if (auto const found = std::find_if(free_.begin(), free_.end(), fits); found != free_.end()) {
            taken = std::move(*found);
            free_.erase(found);
        }
    }
    if (!taken) {
        bool const often = capacity <= free_frame_bytes_max;
        taken = std::make_unique<frame>(often ? std::bit_ceil(std::max(capacity, capacity_least)) : capacity);
    }
    return {taken.release(),
            [pool = shared_from_this()](frame* back) { pool->give_back(std::unique_ptr<frame>(back)); }};
}

void frame_pool::give_back(std::unique_ptr<frame> back) noexcept
{
    std::lock_guard const lock(mutex_);
    if (back->bytes.capacity() > free_frame_bytes_max)
        return;
    if (free_.size() == free_max)
        free_.erase(free_.begin());
    free_.push_back(std::move(back));
}

}  // namespace bbstream::journal
