// The one place where fold and delivery meet: a parcel that waits while another is under way.
//
// While delivery is busy the folding side keeps filling its own parcel, so a light load is committed at once and a
// backlog makes larger transactions, up to the parcel's bound.
#pragma once

#include "base/time.hpp"
#include "event/batch.hpp"
#include "sink/sink.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <vector>

namespace bbstream::flow {

// The events of the records up to the cursor `next`: all of them come out together with it.
struct parcel {
    event::batch events;
    sink::cursor next;
    micros oldest_received = 0;  // of its first record
};

class handover {
   public:
    // Places a parcel if none waits (true); else leaves it with the caller (false).
    bool try_put(parcel& filled);
    // Blocks until there is room, or the handover is closed (false).
    bool wait_room();
    // Blocks until a parcel is there; nothing when the time is over, or the handover is closed and empty.
    std::optional<parcel> take(std::chrono::milliseconds at_most);
    // Closed, and nothing waits.
    bool finished() const;
    // A used batch comes back, so that its memory serves again. Three are under way, and all may be back at once:
    // between put and spare the folding side holds none.
    void give_back(event::batch&& used);
    event::batch spare();
    // No more parcels: who waits for room or for a parcel goes on.
    void close();

   private:
    static constexpr std::size_t spares_max = 3;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<parcel> waiting_;
    std::vector<event::batch> spares_;
    bool closed_ = false;
};

}  // namespace bbstream::flow
