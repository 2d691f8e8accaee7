// What of the log is durable, as its readers see it: the segments, and the newest frames in memory.
//
// The writer changes it, any thread reads it; one mutex, held for no longer than a look-up.
#pragma once

#include "journal/frame_pool.hpp"
#include "journal/journal.hpp"
#include "journal/segment_plan.hpp"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace bbstream::journal {

class log_view {
   public:
    // Frames in memory take at most tail_bytes_max.
    explicit log_view(std::size_t tail_bytes_max) : tail_bytes_max_(tail_bytes_max) {}

    // For the writer. The last segment is the one that grows.
    void start(std::vector<segment_state> segments);
    void add_segment(segment_state segment);
    void add_frame(std::shared_ptr<frame const> durable, micros last_received);
    void add_end_mark(std::uint64_t end);
    void fail_last();
    segment_state last() const;                   // without landmarks
    std::optional<segment_state> oldest() const;  // without landmarks; nothing when only the last segment is there
    segment_state take_oldest();
    void put_back_oldest(segment_state segment);
    void set_spare_bytes(std::uint64_t bytes);
    void set_writable(bool writable);
    std::uint64_t bytes() const;  // segments and spare

    void release(std::uint64_t through);
    std::uint64_t released() const;

    enum class whereabouts { trimmed, not_yet, memory, disk };
    struct lookup {
        whereabouts where = whereabouts::not_yet;
        std::vector<std::shared_ptr<frame const>> frames;  // memory: in order, the first has a record beyond `after`
        segment_header segment;                            // disk: where to start, and how far it is valid
        frame_place place;
        std::uint64_t end = 0;
    };
    lookup find(std::uint64_t after, std::size_t bytes_max) const;
    bool is_trimmed(std::uint64_t after) const;
    // A reader has seen a frame there.
    void note_place(std::uint64_t segment, frame_place place);

    bool wait_beyond(std::uint64_t after, std::chrono::milliseconds at_most);
    // Ends the present wait_beyond, or else the next one: a wake is never lost.
    void wake();

    // All but `turning`.
    journal_status status() const;

   private:
    std::uint64_t first_locked() const { return segments_.front().header.first_sequence; }
    std::uint64_t last_locked() const { return segments_.back().next_sequence - 1; }
    void cache_locked(std::shared_ptr<frame const> durable);

    std::size_t const tail_bytes_max_;
    mutable std::mutex mutex_;
    std::condition_variable grown_;
    std::deque<segment_state> segments_;
    std::deque<std::shared_ptr<frame const>> tail_;
    std::size_t tail_bytes_ = 0;
    std::uint64_t segment_bytes_ = 0;
    std::uint64_t spare_bytes_ = 0;
    std::uint64_t released_ = 0;
    unsigned waiters_ = 0;
    bool woken_ = false;
    bool writable_ = true;
};

}  // namespace bbstream::journal
