// What waits for the journal's thread: lists of requests, bounded by number and bytes.
#pragma once

#include "journal/batch_writer.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <vector>

namespace bbstream::journal {

struct backlog_limits {
    std::size_t bytes_max = 64u << 20;  // one list more than this is taken while nothing else waits
    std::size_t requests_max = 65'536;
};

class append_queue {
   public:
    explicit append_queue(backlog_limits limits) : limits_(limits) {}

    // Nothing when the list was taken; else why not: overloaded or closed. Any thread.
    std::optional<append_status> push(request_list const& list);
    // No list is taken any more.
    void close();

    // For the journal's thread. Waits until there is a list, the time is over or the queue is closed; takes all lists
    // that wait. False once the queue is closed and empty.
    bool take(std::vector<request_list>& lists, std::chrono::milliseconds at_most);
    // What was taken counts as waiting until then.
    void done(std::size_t requests, std::size_t bytes);

   private:
    backlog_limits const limits_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<request_list> lists_;
    std::size_t requests_ = 0;
    std::size_t bytes_ = 0;
    bool idle_ = false;
    bool closed_ = false;
};

}  // namespace bbstream::journal
