// The folding half of publish: journal -> normalize (a fold) -> encode -> parcels, and the checkpoints of its state.
#pragma once

#include "event/encode.hpp"
#include "flow/delivery.hpp"
#include "flow/gap_watch.hpp"
#include "flow/handover.hpp"
#include "flow/inquiries.hpp"
#include "flow/journal_end.hpp"
#include "flow/publish_probe.hpp"
#include "flow/resume.hpp"
#include "journal/journal.hpp"
#include "normalize/fold.hpp"
#include "state/checkpoints.hpp"
#include "state/state.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace bbstream::flow {

struct folding_options {
    event::encoding encoding{};  // apart from epoch and journal
    std::size_t parcel_events_max = 20'000;
    std::size_t parcel_bytes_max = 4 * 1024 * 1024;
    std::chrono::milliseconds grow_for{200};  // a parcel in a backlog, before it goes to an idle sink
    std::size_t read_bytes_max = 1024 * 1024;
    std::uint64_t checkpoint_records = 2'000;               // one shard is written after so many records
    std::chrono::milliseconds checkpoint_interval{1'000};   // or so much time, if anything came
    std::chrono::milliseconds last_checkpoint_time{5'000};  // at the stop: what all shards may take
    // Called on the folding thread when a webhook has made a request of the fold's (normalize::fold::requests); may be
    // empty. The requests themselves are in the state: who starts later finds them there.
    std::function<void(std::string_view instance, std::string_view repository)> missing_seen;
};

// Runs on a thread of its own, the only one that touches the fold's state.
class folding {
   public:
    // `end`: noted since the journal was opened.
    folding(journal::journal& from, journal_end& end, state::state& state, state::checkpoints& checkpoints,
            handover& to, delivery& deliverer, publish_probe& probe, gap_watch& gaps, folding_options options);

    // The thread's body: waits for the sink's cursor, folds again what the checkpoints lack, then follows the journal.
    // After a stop request it goes on to the journal's end, unless the handover is closed before.
    void run(std::stop_token stop, std::function<void(std::string)> const& fatal);

    // Writes the shards that have changed, when both threads have ended, so that the next start folds little again. Not
    // after a failure: what a record has changed before it would count as another one's.
    void checkpoint_all();

    // Answered while run() does; with nothing when it ends.
    inquiries& questions() { return inquiries_; }

    // Records through here are applied to the state.
    std::uint64_t applied() const { return position_.load(std::memory_order_acquire); }
    // When the last of them was received; 0 before the first one.
    micros folded_received() const { return folded_received_.load(std::memory_order_acquire); }

   private:
    bool begin(std::stop_token const& stop);
    resume_plan plan(sink::stored_cursor const& committed);
    bool begin_epoch();
    bool forget_end(std::stop_token const& stop);
    bool step(std::stop_token const& stop, std::function<void(std::string)> const& fatal);
    void fold_record(journal::record const& record);
    bool hand_over(bool at_end);
    void checkpoint();
    void note_written(bool any);
    bool journal_waits_for_checkpoints() const;
    bool write_shard(std::size_t shard);
    void settle(bool may_rename);
    void note_failed_checkpoint(failure const& why);

    journal::journal& journal_;
    journal_end& end_;
    state::state& state_;
    state::checkpoints& checkpoints_;
    handover& to_;
    delivery& deliverer_;
    publish_probe& probe_;
    gap_watch& gaps_;
    folding_options const options_;
    normalize::fold fold_;

    inquiries inquiries_;
    event::encoding encoding_;
    std::uint64_t published_ = 0;  // at the start: nothing of the records through here is encoded
    std::atomic<std::uint64_t> position_ = 0;
    std::atomic<micros> folded_received_ = 0;
    parcel filling_;
    bool filled_ = false;  // filling_ covers at least one record
    std::chrono::steady_clock::time_point filling_since_;
    std::uint64_t records_since_checkpoint_ = 0;
    std::chrono::steady_clock::time_point last_checkpoint_;
    bool checkpoints_fail_ = false;
    bool read_fails_ = false;
    bool failed_ = false;
    std::size_t unwritten_ = 0;     // shards in turn that had nothing to write
    std::uint64_t settled_at_ = 0;  // while this was durable
    std::size_t next_shard_ = 0;
};

}  // namespace bbstream::flow
