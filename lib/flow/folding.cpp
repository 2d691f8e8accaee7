#include "flow/folding.hpp"

#include "observe/log.hpp"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <thread>
#include <utility>

namespace bbstream::flow {

using clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds journal_wait{500};
constexpr std::uint64_t checkpoint_bytes_per_record = 256;
constexpr std::uint64_t checkpoint_bytes_per_interval = 1u << 20;

}  // namespace

folding::folding(journal::journal& from, journal_end& end, state::state& state, state::checkpoints& checkpoints,
                 handover& to, delivery& deliverer, publish_probe& probe, gap_watch& gaps, folding_options options)
    : journal_(from),
      end_(end),
      state_(state),
      checkpoints_(checkpoints),
      to_(to),
      deliverer_(deliverer),
      probe_(probe),
      gaps_(gaps),
      options_(std::move(options)),
      fold_(state),
      last_checkpoint_(clock::now())
{
}

void folding::run(std::stop_token stop, std::function<void(std::string)> const& fatal)
{
    try {
        if (begin(stop))
            while (step(stop, fatal)) {
            }
    } catch (std::exception const& why) {
        failed_ = true;
        fatal(std::string("folding the journal failed: ") + why.what());
    }
    inquiries_.close();
    to_.close();
}

bool folding::begin(std::stop_token const& stop)
{
    auto const committed = deliverer_.wait_open();
    if (!committed)
        return false;
    auto const chosen = plan(*committed);
    encoding_ = options_.encoding;
    encoding_.epoch = chosen.epoch;
    encoding_.journal = journal_.status().identity;
    published_ = chosen.published;
    deliverer_.begin_at(chosen.published);
    if ((!*committed || (*committed)->epoch != chosen.epoch) && !begin_epoch())
        return false;
    if (!forget_end(stop))
        return false;
    gaps_.begin(state_);
    observe::info("publishing goes on", {{"after", chosen.published},
                                         {"fold_after", applied()},
                                         {"journal_last", journal_.status().last},
                                         {"epoch", chosen.epoch}});
    return true;
}

// State may lag the cursor but never lead it: where it leads, the sink was replaced or went back, older checkpoints
// serve.
resume_plan folding::plan(sink::stored_cursor const& committed)
{
    auto journal = journal_.status();
    journal.last = end_.last();
    auto chosen = plan_resume(journal, committed);
    if (checkpoints_.highest_applied() > chosen.published) {
        chosen.warnings.push_back("the state of the fold is ahead of the sink: it goes back");
        if (auto const loaded = checkpoints_.load(state_, chosen.published); !loaded)
            throw std::runtime_error(loaded.error().message);
    }
    position_.store(fold_after(journal, checkpoints_.lowest_applied(), chosen.warnings), std::memory_order_release);
    for (auto const& warning : chosen.warnings)
        observe::warn(warning);
    return chosen;
}

// The sink shall know of a new epoch before it gets anything else: a start that finds the old one would go on in it.
bool folding::begin_epoch()
{
    filling_.next = {encoding_.journal, encoding_.epoch, published_};
    filling_.oldest_received = now_micros();
    filled_ = true;
    return hand_over(true) && deliverer_.wait_delivered();
}

// Nothing is published before: a start that finds a cursor beyond the noted end takes the records between for lost.
bool folding::forget_end(std::stop_token const& stop)
{
    for (bool said = false;; said = true) {
        auto const forgotten = end_.forget();
        if (forgotten)
            return true;
        if (!said)
            observe::warn("the note of the journal's end can't be removed; nothing is published until it is",
                          {{"error", forgotten.error().message}});
        if (stop.stop_requested())
            return false;
        std::this_thread::sleep_for(journal_wait);
    }
}

// Reads and folds one piece of the journal, or waits for more; false ends the thread.
bool folding::step(std::stop_token const& stop, std::function<void(std::string)> const& fatal)
{
    bool const last_look = stop.stop_requested();  // asked before reading: what came before the stop is still read
    auto const read = journal_.read_after(applied(), options_.read_bytes_max);
    if (!read && read.error().kind == failure_kind::io) {
        if (!std::exchange(read_fails_, true))
            observe::warn("the journal can't be read just now; it is tried again", {{"error", read.error().message}});
        std::this_thread::sleep_for(journal_wait);
        return !last_look;
    }
    if (!read) {
        fatal("the journal can't be read: " + read.error().message);
        return false;
    }
    read_fails_ = false;
    for (auto const& record : read->records)
        fold_record(record);
    inquiries_.answer(applied(), state_);
    bool const at_end = read->records.empty();
    if (filled_ && !hand_over(at_end))
        return false;
    checkpoint();
    if (at_end && !filled_ && (checkpoints_fail_ || !journal_waits_for_checkpoints()))
        journal_.wait_beyond(applied(), journal_wait);
    return !(last_look && at_end);
}

void folding::fold_record(journal::record const& record)
{
    micros const recorded = now_micros();
    auto const events = fold_.apply(record);
    folded_received_.store(record.received, std::memory_order_release);
    position_.store(record.sequence, std::memory_order_release);
    ++records_since_checkpoint_;
    probe_.records_folded.add();
    gaps_.saw(events, record.sequence > published_);
    if (record.sequence <= published_)
        return;
    if (!std::exchange(filled_, true)) {
        filling_.oldest_received = record.received;
        filling_since_ = clock::now();
    }
    filling_.next = {encoding_.journal, encoding_.epoch, record.sequence};
    event::encode_record(events, encoding_, recorded, filling_.events);
    if (fold_.requests() && options_.missing_seen && !events.empty())
        options_.missing_seen(record.instance, events.front().delivery->repository->id);
}

// At the journal's end the parcel goes to delivery at once if that is idle; in a backlog it grows first, for a while,
// as a commit costs much the same however much it holds. Delivery that is busy gets it when it can't grow any more.
bool folding::hand_over(bool at_end)
{
    bool const full = filling_.events.size() >= options_.parcel_events_max ||
                      filling_.events.byte_size() >= options_.parcel_bytes_max;
    if (!full && !at_end && clock::now() - filling_since_ < options_.grow_for)
        return true;
    while (!to_.try_put(filling_)) {
        if (!full && !at_end)
            return true;
        if (!to_.wait_room())
            return false;
    }
    filling_.events = to_.spare();
    filled_ = false;
    return true;
}

// One shard at a time, in rotation, so that no pause is long. A large shard waits for more records, or longer, so that
// checkpoints never cost more than the journal does. Where they fail they are tried again once such a pause.
void folding::checkpoint()
{
    auto const now = clock::now();
    auto const bytes = state_.shard_bytes(next_shard_);
    auto const enough = std::max<std::uint64_t>(options_.checkpoint_records, bytes / checkpoint_bytes_per_record);
    auto const pause = options_.checkpoint_interval * (1 + bytes / checkpoint_bytes_per_interval);
    bool const timed = now - last_checkpoint_ >= pause && checkpoints_.lowest_applied() < applied();
    bool const may = timed || !checkpoints_fail_;
    if (timed || (may && (records_since_checkpoint_ >= enough || journal_waits_for_checkpoints()))) {
        checkpoints_fail_ = false;
        note_written(write_shard(next_shard_));
        next_shard_ = (next_shard_ + 1) % state::shard_count;
        records_since_checkpoint_ = 0;
        last_checkpoint_ = now;
    }
    settle(may);
}

void folding::note_written(bool any)
{
    auto const durable = deliverer_.durable();
    unwritten_ = any || durable != settled_at_ ? 0 : unwritten_ + 1;
    settled_at_ = durable;
}

// A journal at its bound refuses webhooks until what is published may go, and that hangs on the oldest checkpoint.
// Where all of them wait for the sink there is no hurry.
bool folding::journal_waits_for_checkpoints() const
{
    return unwritten_ < state::shard_count && checkpoints_.lowest_applied() < deliverer_.durable() &&
           !journal_.status().writable;
}

bool folding::write_shard(std::size_t shard)
{
    auto const written = checkpoints_.write(state_, shard);
    if (!written)
        note_failed_checkpoint(written.error());
    return written && *written;
}

// What the sink has for good may take effect, and what is in effect everywhere the journal may let go.
void folding::settle(bool may_rename)
{
    std::uint64_t const durable = deliverer_.durable();
    if (may_rename)
        if (auto const done = checkpoints_.take_effect(durable, journal_.status().first); !done)
            note_failed_checkpoint(done.error());
    journal_.release(std::min(durable, checkpoints_.lowest_applied()));
    probe_.folded(fold_.counts());
    probe_.evicted_entries.set(static_cast<double>(state_.evicted()));
}

void folding::note_failed_checkpoint(failure const& why)
{
    checkpoints_fail_ = true;
    observe::warn("a checkpoint of the state fails; the journal keeps what the next start must fold again",
                  {{"error", why.message}});
}

void folding::checkpoint_all()
{
    auto const deadline = clock::now() + options_.last_checkpoint_time;
    settle(true);
    if (failed_ || deliverer_.durable() < applied())
        return;
    for (std::size_t shard = 0; shard < state::shard_count && clock::now() < deadline; ++shard)
        write_shard(shard);
    settle(true);
}

}  // namespace bbstream::flow
