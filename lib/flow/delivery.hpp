// The delivering half of publish: parcels -> sink -> cursor, over every failure of the sink.
#pragma once

#include "flow/handover.hpp"
#include "flow/publish_probe.hpp"
#include "sink/sink.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace bbstream::flow {

struct delivery_options {
    std::chrono::milliseconds backoff_min{50};
    std::chrono::milliseconds backoff_max{10'000};
    std::chrono::milliseconds flush_after{1'000};  // without a parcel
};

// Runs on a thread of its own, the only one that calls the sink. A parcel is repeated until the sink has it: whether a
// failed publish took place is read from the cursor when the sink is opened again.
class delivery {
   public:
    delivery(sink::sink& to, handover& from, publish_probe& probe, delivery_options options = {});

    // The thread's body: opens the sink, then delivers until the handover is closed and empty, or stop is requested.
    // A failure that trying again can't mend ends it, with the message in `fatal`.
    void run(std::stop_token stop, std::function<void(std::string)> const& fatal);

    // Blocks until the sink is open for the first time, and gives the cursor that it has; nothing when it ends before.
    std::optional<sink::stored_cursor> wait_open();

    // Blocks until a parcel is in the sink; false when it ends before.
    bool wait_delivered();

    // Through here everything is in the sink.
    std::uint64_t committed() const { return committed_.load(std::memory_order_acquire); }
    // Through here it also survives a power cut: checkpoints and the journal may follow.
    std::uint64_t durable() const { return durable_.load(std::memory_order_acquire); }
    // Where publishing goes on, as the first open has shown.
    void begin_at(std::uint64_t published);

    // The last failure of the sink while it lasts, else empty: for /readyz and people.
    std::string trouble() const;

   private:
    void deliver_all(std::stop_token const& stop, std::function<void(std::string)> const& fatal);
    bool begins(sink::stored_cursor const& committed, sink::cursor const& next) const;
    bool open_first(std::stop_token const& stop, std::function<void(std::string)> const& fatal);
    std::optional<sink::stored_cursor> reopen(std::stop_token const& stop,
                                              std::function<void(std::string)> const& fatal);
    void flush();
    void note_committed(parcel const& sent);
    bool deliver(parcel& next, std::stop_token const& stop, std::function<void(std::string)> const& fatal);
    bool pause(std::stop_token const& stop);
    void note_trouble(failure const& why);
    void note_success();
    void count(parcel const& sent);

    sink::sink& sink_;
    handover& from_;
    publish_probe& probe_;
    delivery_options const options_;
    std::chrono::milliseconds backoff_;
    std::atomic<std::uint64_t> committed_ = 0;
    std::atomic<std::uint64_t> durable_ = 0;
    sink::stored_cursor last_committed_;
    bool delivered_ = false;  // last_committed_ is of this process

    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::optional<sink::stored_cursor> opened_;
    bool ended_ = false;
    std::string trouble_;
};

}  // namespace bbstream::flow
