#include "journal/append_queue.hpp"

namespace bbstream::journal {

std::optional<append_status> append_queue::push(request_list const& list)
{
    bool wake = false;
    {
        std::lock_guard const lock(mutex_);
        if (closed_)
            return append_status::closed;
        bool const fits = bytes_ + list.bytes <= limits_.bytes_max && requests_ + list.count <= limits_.requests_max;
        if (requests_ != 0 && !fits)
            return append_status::overloaded;
        requests_ += list.count;
        bytes_ += list.bytes;
        lists_.push_back(list);
        wake = idle_;
        idle_ = false;
    }
    if (wake)
        arrived_.notify_one();
    return std::nullopt;
}

void append_queue::close()
{
    std::lock_guard const lock(mutex_);
    closed_ = true;
    arrived_.notify_one();
}

bool append_queue::take(std::vector<request_list>& lists, std::chrono::milliseconds at_most)
{
    lists.clear();
    std::unique_lock lock(mutex_);
    idle_ = lists_.empty();
    if (idle_)
        arrived_.wait_for(lock, at_most, [this] { return !lists_.empty() || closed_; });
    idle_ = false;
    lists.swap(lists_);
    return !lists.empty() || !closed_;
}

void append_queue::done(std::size_t requests, std::size_t bytes)
{
    std::lock_guard const lock(mutex_);
    requests_ -= requests;
    bytes_ -= bytes;
}

}  // namespace bbstream::journal
