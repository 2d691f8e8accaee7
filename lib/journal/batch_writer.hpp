// Writing: one batch, one frame, one durable write; and the segments that the frames go to.
//
// Plain and single-threaded: the journal's thread drives it, and so does the model test, without threads. Only the
// filling of the next segment's file runs aside.
#pragma once

#include "journal/directory.hpp"
#include "journal/frame_pool.hpp"
#include "journal/log_view.hpp"
#include "journal/segment_plan.hpp"
#include "journal/spare.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <span>

namespace bbstream::journal {

// What one append() brought: requests linked by `next`, durable or refused as a whole.
struct request_list {
    append_request* first = nullptr;
    append_request* last = nullptr;
    std::size_t count = 0;
    std::size_t bytes = 0;  // of the records in a frame
    append_port* port = nullptr;
};

struct writer_options {
    size_limits limits;
    std::chrono::microseconds retention = std::chrono::hours(24 * 7);
    std::uint64_t verify_bytes_max = 1ull << 30;  // of earlier segments, at the start
    std::function<micros()> clock = now_micros;   // against which retention counts
    std::function<void(std::string_view)> log;
    // Seconds that the durable write took, records, bytes of the frame.
    std::function<void(double, std::size_t, std::size_t)> written;
    // Where the next segment's file is filled: on a thread of its own, or (for tests) when it is asked for.
    std::launch fill = std::launch::async;
};

class batch_writer {
   public:
    using time_point = std::chrono::steady_clock::time_point;

    // Recovers the log, or makes a new one with a random identity, and fills the view. Errors: io; corrupt, naming
    // segment and offset.
    static result<std::unique_ptr<batch_writer>> open(directory& in, writer_options options, log_view& view,
                                                      time_point now);
    ~batch_writer();

    // One frame of all lists. Each request gets its status, durable or refused, and if durable its sequence; then
    // they are the caller's to give back.
    append_status write(std::span<request_list const> lists, time_point now);

    // Between batches, and now and then: makes the next segment ahead of its use, removes one that may go, tries again
    // where the disk refused.
    void maintain(time_point now);

    // Ends the log with a mark: what lies before it can no longer be taken for a torn write. Nothing is written after.
    void close(time_point now);

    // While the disk refuses, it is tried again at most this often.
    static constexpr std::chrono::milliseconds probe_interval{250};

   private:
    batch_writer(directory& in, writer_options options, log_view& view);
    result<void> start(time_point now);
    void log(std::string const& line) const;

    bool has_room(std::uint64_t frame_bytes) const;
    bool make_room(std::uint64_t frame_bytes, time_point now);
    void fail_current(std::string const& why, time_point now);
    void write_end_mark(time_point now);

    result<void> next_segment(std::uint64_t needed);
    result<void> activate(spare from);
    result<void> obtain_spare(std::uint64_t needed);
    result<void> make_spare_now(std::uint64_t capacity);
    void make_spare_ahead(time_point now);
    void take_made_spare(bool wait, time_point now);
    void discard_spare();

    bool oldest_is_released() const;
    bool oldest_is_expired() const;
    bool fits_size(std::uint64_t capacity) const;
    bool remove_oldest(std::uint64_t spare_wanted);

    directory& in_;
    writer_options const options_;
    log_view& view_;
    std::shared_ptr<frame_pool> const pool_ = frame_pool::make();

    segment_header current_;
    std::unique_ptr<file> file_;  // of the current segment; none once it must not be written any more
    std::uint64_t capacity_ = 0;
    std::uint64_t offset_ = 0;
    std::uint64_t next_sequence_ = 1;
    bool marked_ = true;  // nothing since the last end mark

    std::optional<spare> spare_;
    std::atomic<bool> stop_making_ = false;
    std::future<result<spare>> making_;
    bool unsynced_removal_ = false;  // the next removal must wait until this one is durable

    bool blocked_ = false;  // what was asked for last can't be written for now
    bool said_blocked_ = false;
    std::uint64_t blocked_bytes_ = 0;  // the room that was asked for
    time_point next_probe_{};          // for room
    time_point next_segment_after_failure_{};
    time_point next_making_{};
};

}  // namespace bbstream::journal
