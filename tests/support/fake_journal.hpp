// A journal in memory: durable at once, or refusing, or holding back, as a test wishes.
#pragma once

#include "journal/journal.hpp"
#include "support/patience.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace bbstream::test {

// Completes on a thread of its own, all of a port's waiting requests in one call, as the real one does.
class fake_journal final : public journal::journal {
   public:
    struct kept {
        std::uint64_t sequence = 0;
        bbstream::product product = bbstream::product::cloud;
        bbstream::journal::origin origin = bbstream::journal::origin::webhook;
        std::string instance, headers, meta, body;
        micros received = 0;
    };

    fake_journal() : thread_([this] { run(); }) {}

    ~fake_journal() override
    {
        {
            std::lock_guard const lock(guard_);
            ending_ = true;
            holding_ = false;
        }
        changed_.notify_all();
        thread_.join();
    }

    // What becomes of requests from now on.
    void answer_with(bbstream::journal::append_status status)
    {
        std::lock_guard const lock(guard_);
        answer_ = status;
    }
    // While it holds, requests wait.
    void hold(bool holding)
    {
        {
            std::lock_guard const lock(guard_);
            holding_ = holding;
        }
        changed_.notify_all();
    }
    // Blocks until so many requests wait; throws when they do not come.
    void await_waiting(std::size_t count)
    {
        std::unique_lock lock(guard_);
        if (!changed_.wait_for(lock, patience, [&] { return waiting_count() >= count; }))
            throw std::runtime_error("the requests do not reach the journal");
    }

    std::vector<kept> records() const
    {
        std::lock_guard const lock(guard_);
        return records_;
    }
    // Calls of append().
    std::size_t hand_overs() const
    {
        std::lock_guard const lock(guard_);
        return hand_overs_;
    }

    void append(bbstream::journal::append_request* first, bbstream::journal::append_port& port) override
    {
        {
            std::lock_guard const lock(guard_);
            waiting_.push_back({first, &port});
            ++hand_overs_;
        }
        changed_.notify_all();
    }

    result<bbstream::journal::read_batch> read_after(std::uint64_t, std::size_t) override
    {
        return bbstream::journal::read_batch{};
    }
    bool wait_beyond(std::uint64_t, std::chrono::milliseconds) override { return false; }
    void wake() override {}
    void release(std::uint64_t) override {}
    bbstream::journal::journal_status status() const override { return {}; }

   private:
    struct hand_over {
        bbstream::journal::append_request* first;
        bbstream::journal::append_port* port;
    };

    std::size_t waiting_count() const
    {
        std::size_t count = 0;
        for (auto const& [first, port] : waiting_)
            for (auto const* one = first; one; one = one->next)
                ++count;
        return count;
    }

    void run()
    {
        std::unique_lock lock(guard_);
        for (;;) {
            changed_.wait(lock, [&] { return ending_ || (!holding_ && !waiting_.empty()); });
            if (waiting_.empty())
                return;
            auto const [first, port] = waiting_.front();
            waiting_.pop_front();
            for (auto* one = first; one; one = one->next)
                settle(*one);
            lock.unlock();
            port->completed(first);
            lock.lock();
        }
    }

    void settle(bbstream::journal::append_request& one)
    {
        one.status = answer_;
        if (answer_ != bbstream::journal::append_status::durable)
            return;
        auto& record = one.record;
        record.sequence = ++last_;
        records_.push_back({record.sequence, record.product, record.origin, std::string(record.instance),
                            std::string(record.headers), std::string(record.meta), std::string(record.body),
                            record.received});
    }

    mutable std::mutex guard_;
    std::condition_variable changed_;
    std::deque<hand_over> waiting_;
    std::vector<kept> records_;
    std::uint64_t last_ = 0;
    std::size_t hand_overs_ = 0;
    bbstream::journal::append_status answer_ = bbstream::journal::append_status::durable;
    bool holding_ = false;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace bbstream::test
