// The journal on this machine's disk: a segmented log with one writer thread and group commit.
#pragma once

#include "journal/append_queue.hpp"
#include "journal/batch_writer.hpp"
#include "journal/directory.hpp"
#include "journal/journal.hpp"
#include "journal/log_view.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace bbstream::journal {

struct log_options {
    std::string path;  // a directory; made where it does not exist
    writer_options writer;
    backlog_limits backlog;
    std::size_t tail_bytes_max = 8u << 20;  // newest frames kept in memory for readers that follow
    // Requests that came back with another status than durable: on the thread where that is found out.
    std::function<void(append_status, std::size_t)> turned_away;
};

class segmented_log final : public journal {
   public:
    // Locks the directory, recovers the log and starts the writer thread. Errors: unavailable when another process
    // holds it; corrupt, naming segment, offset and `bbstream journal fsck`; io.
    static result<std::unique_ptr<segmented_log>> open(log_options options);
    static result<std::unique_ptr<segmented_log>> open(log_options options, std::unique_ptr<directory> in);

    // Writes what waits, gives it back and ends the log with a mark. No call may be under way.
    ~segmented_log() override;

    // A list of up to 16 MiB is durable or refused as a whole. What the backlog has no room for (overloaded), what does
    // not fit the format (refused) and what comes after close() (closed) is back before append returns, on the caller's
    // thread; everything else comes back on the journal's thread.
    void append(append_request* first, append_port& port) override;
    result<read_batch> read_after(std::uint64_t after, std::size_t bytes_max) override;
    bool wait_beyond(std::uint64_t after, std::chrono::milliseconds at_most) override;
    void wake() override;
    void release(std::uint64_t through) override;
    journal_status status() const override;

    // Takes no more requests; those that wait are still written. Any thread.
    void close();

   private:
    segmented_log(log_options options, std::unique_ptr<directory> in);
    void run();
    void write_all(std::vector<request_list>& waiting);
    void turn_away(append_status why, std::size_t requests) const;
    void beat();

    log_options const options_;
    std::unique_ptr<directory> const in_;
    log_view view_;
    append_queue queue_;
    std::unique_ptr<batch_writer> writer_;
    std::vector<request_list> batch_;
    std::atomic<std::int64_t> last_beat_ms_ = 0;
    std::thread thread_;
};

}  // namespace bbstream::journal
