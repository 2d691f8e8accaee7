// Between a reactor's coroutines and the journal's thread: one hand-over a turn, one wake-up a batch.
#pragma once

#include "journal/journal.hpp"
#include "net/task.hpp"

#include <atomic>
#include <memory>

namespace bbstream::flow {

class append_bridge final : public journal::append_port {
   public:
    append_bridge(net::executor on, journal::journal& to);
    ~append_bridge();
    append_bridge(append_bridge const&) = delete;
    append_bridge& operator=(append_bridge const&) = delete;

    struct outcome {
        journal::append_status status = journal::append_status::refused;
        std::uint64_t sequence = 0;
    };

    // Resumes once the record is durable, or refused. Cannot be cancelled: what the record's views point to must stay
    // until then. On the reactor's thread only.
    net::task<outcome> append(journal::record record);

    // On the journal's thread, or within journal::append.
    void completed(journal::append_request* first) noexcept override;

   private:
    // A coroutine that waits, whatever the type of its completion handler.
    struct waiter {
        virtual ~waiter() = default;
        virtual void resume() = 0;  // destroys itself first
    };
    struct pending : journal::append_request {
        std::unique_ptr<append_bridge::waiter> waiter;
    };
    template <class Handler>
    struct waiting_handler;

    void collect(pending& one);
    void hand_over();
    void resume_completed();

    net::executor on_;
    journal::journal& to_;
    journal::append_request* collected_first_ = nullptr;  // of this turn, in order
    journal::append_request* collected_last_ = nullptr;
    std::atomic<journal::append_request*> completed_{nullptr};
    std::atomic<int> completing_{0};  // threads inside completed()
};

}  // namespace bbstream::flow
