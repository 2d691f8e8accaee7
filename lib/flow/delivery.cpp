#include "flow/delivery.hpp"

#include "flow/dead_letter.hpp"
#include "observe/log.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

namespace bbstream::flow {

using clock = std::chrono::steady_clock;

delivery::delivery(sink::sink& to, handover& from, publish_probe& probe, delivery_options options)
    : sink_(to), from_(from), probe_(probe), options_(options), backoff_(options.backoff_min)
{
}

void delivery::run(std::stop_token stop, std::function<void(std::string)> const& fatal)
{
    try {
        deliver_all(stop, fatal);
    } catch (std::exception const& why) {
        fatal(std::string("delivering to the sink failed: ") + why.what());
    }
    from_.close();
    std::lock_guard const lock(mutex_);
    ended_ = true;
    changed_.notify_all();
}

void delivery::deliver_all(std::stop_token const& stop, std::function<void(std::string)> const& fatal)
{
    if (!open_first(stop, fatal))
        return;
    while (!from_.finished()) {
        auto next = from_.take(options_.flush_after);
        if (!next) {
            flush();
            continue;
        }
        if (!deliver(*next, stop, fatal))
            break;
        from_.give_back(std::move(next->events));
    }
    flush();
}

// Whether the sink has begun the parcel's log by now, and nothing of it is out yet: a first publish may fail half way.
bool delivery::begins(sink::stored_cursor const& committed, sink::cursor const& next) const
{
    bool const was_begun = last_committed_ && same_log(*last_committed_, next);
    return !was_begun && committed && same_log(*committed, next);
}

std::optional<sink::stored_cursor> delivery::wait_open()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return opened_ || ended_; });
    return opened_;
}

bool delivery::wait_delivered()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return delivered_ || ended_; });
    return delivered_;
}

std::string delivery::trouble() const
{
    std::lock_guard const lock(mutex_);
    return trouble_;
}

bool delivery::open_first(std::stop_token const& stop, std::function<void(std::string)> const& fatal)
{
    while (!stop.stop_requested()) {
        auto const opened = sink_.open();
        if (opened) {
            note_success();
            last_committed_ = *opened;
            std::lock_guard const lock(mutex_);
            opened_ = *opened;
            changed_.notify_all();
            return true;
        }
        if (opened.error().kind == failure_kind::permanent || opened.error().kind == failure_kind::conflict) {
            fatal("the sink can't be opened: " + opened.error().message);
            return false;
        }
        note_trouble(opened.error());
        pause(stop);
    }
    return false;
}

// What another daemon has taken over is not taken back.
std::optional<sink::stored_cursor> delivery::reopen(std::stop_token const& stop,
                                                    std::function<void(std::string)> const& fatal)
{
    while (pause(stop)) {
        auto const opened = sink_.open();
        if (opened)
            return *opened;
        if (opened.error().kind == failure_kind::conflict) {
            fatal("publishing ends: " + opened.error().message);
            return std::nullopt;
        }
        note_trouble(opened.error());
    }
    return std::nullopt;
}

bool delivery::deliver(parcel& next, std::stop_token const& stop, std::function<void(std::string)> const& fatal)
{
    for (;;) {
        auto const began = clock::now();
        auto const published = sink_.publish(next.events, next.next);
        if (published) {
            probe_.commit_seconds.observe(std::chrono::duration<double>(clock::now() - began).count());
            break;
        }
        note_trouble(published.error());
        if (auto const refused = sink_.refused()) {
            replace_by_dead_letter(next.events, *refused, {next.next.epoch, next.next.journal, false},
                                   published.error().message);
            probe_.dead_letters.add();
        }
        auto const opened = reopen(stop, fatal);
        if (!opened)
            return false;
        auto const& committed = *opened;
        if (committed && same_log(*committed, next.next) && committed->sequence >= next.next.sequence)
            break;
        if (committed != last_committed_ && !begins(committed, next.next)) {
            fatal(
                "the sink's cursor is not where this process left it: either another daemon runs under this node name, "
                "or the sink has lost what it had taken");
            return false;
        }
    }
    note_success();
    note_committed(next);
    return true;
}

void delivery::begin_at(std::uint64_t published)
{
    committed_.store(published, std::memory_order_release);
    durable_.store(published, std::memory_order_release);
    probe_.committed_sequence.set(static_cast<double>(published));
}

// Where the flush fails, the next publish fails too and opens the sink again.
void delivery::flush()
{
    if (!delivered_)
        return;
    if (auto const flushed = sink_.flush(); !flushed)
        note_trouble(flushed.error());
    else
        durable_.store(sink_.durable_through(*last_committed_), std::memory_order_release);
}

void delivery::note_committed(parcel const& sent)
{
    last_committed_ = sent.next;
    if (!delivered_) {
        std::lock_guard const lock(mutex_);
        delivered_ = true;
        changed_.notify_all();
    }
    committed_.store(sent.next.sequence, std::memory_order_release);
    durable_.store(sink_.durable_through(sent.next), std::memory_order_release);
    count(sent);
}

// Waits before the sink is opened again, longer each time; false when stop is requested.
bool delivery::pause(std::stop_token const& stop)
{
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, backoff_, [] { return false; });
    backoff_ = std::min(backoff_ * 2, options_.backoff_max);
    return !stop.stop_requested();
}

void delivery::note_trouble(failure const& why)
{
    probe_.sink_errors.add();
    std::lock_guard const lock(mutex_);
    if (trouble_ != why.message)
        observe::warn("the sink fails; the journal keeps what comes, and the sink is tried again",
                      {{"error", why.message}});
    trouble_ = why.message;
}

void delivery::note_success()
{
    backoff_ = options_.backoff_min;
    std::lock_guard const lock(mutex_);
    if (!trouble_.empty())
        observe::info("the sink works again");
    trouble_.clear();
}

void delivery::count(parcel const& sent)
{
    probe_.commits.add();
    probe_.commit_events.observe(static_cast<double>(sent.events.size()));
    probe_.committed_sequence.set(static_cast<double>(sent.next.sequence));
    probe_.lag_seconds.set(static_cast<double>(now_micros() - sent.oldest_received) / 1e6);
    if (auto const omitted = sent.events.omitted_headers(); omitted > 0)
        probe_.omitted_headers.add(static_cast<double>(omitted));
    std::array<double, event::topic_count> per_topic{};
    for (std::size_t at = 0; at < sent.events.size(); ++at)
        per_topic[static_cast<std::size_t>(sent.events[at].topic)] += 1;
    for (std::size_t topic = 0; topic < per_topic.size(); ++topic)
        if (per_topic[topic] > 0)
            probe_.published(static_cast<event::topic>(topic)).add(per_topic[topic]);
}

}  // namespace bbstream::flow
