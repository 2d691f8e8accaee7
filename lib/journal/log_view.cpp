#include "journal/log_view.hpp"

#include <algorithm>

namespace bbstream::journal {

namespace {

segment_state without_landmarks(segment_state const& segment)
{
    segment_state copy;
    copy.header = segment.header;
    copy.capacity = segment.capacity;
    copy.end = segment.end;
    copy.next_sequence = segment.next_sequence;
    copy.last_received = segment.last_received;
    copy.failed = segment.failed;
    return copy;
}

}  // namespace

void log_view::start(std::vector<segment_state> segments)
{
    std::lock_guard const lock(mutex_);
    for (auto& segment : segments) {
        segment_bytes_ += segment.capacity;
        segments_.push_back(std::move(segment));
    }
}

void log_view::add_segment(segment_state segment)
{
    std::lock_guard const lock(mutex_);
    segment_bytes_ += segment.capacity;
    segments_.push_back(std::move(segment));
}

void log_view::add_frame(std::shared_ptr<frame const> durable, micros last_received)
{
    std::lock_guard const lock(mutex_);
    auto& last = segments_.back();
    add_landmark(last.landmarks, {last.end, durable->header.first_sequence});
    last.end += round_up_to_block(durable->header.length);
    last.next_sequence = durable->header.first_sequence + durable->header.count;
    last.last_received = last_received;
    cache_locked(std::move(durable));
    if (waiters_ > 0)
        grown_.notify_all();
}

void log_view::cache_locked(std::shared_ptr<frame const> durable)
{
    tail_bytes_ += durable->bytes.capacity();
    tail_.push_back(std::move(durable));
    while (tail_bytes_ > tail_bytes_max_) {
        tail_bytes_ -= tail_.front()->bytes.capacity();
        tail_.pop_front();
    }
}

void log_view::add_end_mark(std::uint64_t end)
{
    std::lock_guard const lock(mutex_);
    segments_.back().end = end;
}

void log_view::fail_last()
{
    std::lock_guard const lock(mutex_);
    segments_.back().failed = true;
}

segment_state log_view::last() const
{
    std::lock_guard const lock(mutex_);
    return without_landmarks(segments_.back());
}

std::optional<segment_state> log_view::oldest() const
{
    std::lock_guard const lock(mutex_);
    if (segments_.size() < 2)
        return std::nullopt;
    return without_landmarks(segments_.front());
}

segment_state log_view::take_oldest()
{
    std::lock_guard const lock(mutex_);
    auto oldest = std::move(segments_.front());
    segments_.pop_front();
    segment_bytes_ -= oldest.capacity;
    while (!tail_.empty() && tail_.front()->header.first_sequence < first_locked()) {
        tail_bytes_ -= tail_.front()->bytes.capacity();
        tail_.pop_front();
    }
    return oldest;
}

void log_view::put_back_oldest(segment_state segment)
{
    std::lock_guard const lock(mutex_);
    segment_bytes_ += segment.capacity;
    segments_.push_front(std::move(segment));
}

void log_view::set_spare_bytes(std::uint64_t bytes)
{
    std::lock_guard const lock(mutex_);
    spare_bytes_ = bytes;
}

void log_view::set_writable(bool writable)
{
    std::lock_guard const lock(mutex_);
    writable_ = writable;
}

std::uint64_t log_view::bytes() const
{
    std::lock_guard const lock(mutex_);
    return segment_bytes_ + spare_bytes_;
}

void log_view::release(std::uint64_t through)
{
    std::lock_guard const lock(mutex_);
    released_ = std::max(released_, through);
}

std::uint64_t log_view::released() const
{
    std::lock_guard const lock(mutex_);
    return released_;
}

log_view::lookup log_view::find(std::uint64_t after, std::size_t bytes_max) const
{
    lookup found;
    std::lock_guard const lock(mutex_);
    if (after + 1 < first_locked()) {
        found.where = whereabouts::trimmed;
        return found;
    }
    if (after >= last_locked())
        return found;
    if (!tail_.empty() && tail_.front()->header.first_sequence <= after + 1) {
        found.where = whereabouts::memory;
        auto frame = std::upper_bound(
            tail_.begin(), tail_.end(), after + 1,
            [](std::uint64_t wanted, auto const& each) { return wanted < each->header.first_sequence; });
        std::size_t bytes = 0;
        for (--frame; frame != tail_.end() && (bytes < bytes_max || bytes == 0); ++frame) {
            found.frames.push_back(*frame);
            bytes += (*frame)->header.length;
        }
        return found;
    }
    found.where = whereabouts::disk;
    auto const segment = std::prev(
        std::upper_bound(segments_.begin(), segments_.end(), after + 1,
                         [](std::uint64_t wanted, auto const& each) { return wanted < each.header.first_sequence; }));
    auto const landmark =
        std::upper_bound(segment->landmarks.begin(), segment->landmarks.end(), after + 1,
                         [](std::uint64_t wanted, auto const& each) { return wanted < each.sequence; });
    found.segment = segment->header;
    found.place = landmark == segment->landmarks.begin() ? frame_place{block_bytes, segment->header.first_sequence}
                                                         : *std::prev(landmark);
    found.end = segment->end;
    return found;
}

bool log_view::is_trimmed(std::uint64_t after) const
{
    std::lock_guard const lock(mutex_);
    return after + 1 < first_locked();
}

void log_view::note_place(std::uint64_t segment, frame_place place)
{
    std::lock_guard const lock(mutex_);
    auto const first = segments_.front().header.number;
    if (segment < first || segment - first >= segments_.size())
        return;
    add_landmark(segments_[segment - first].landmarks, place);
}

bool log_view::wait_beyond(std::uint64_t after, std::chrono::milliseconds at_most)
{
    std::unique_lock lock(mutex_);
    ++waiters_;
    grown_.wait_for(lock, at_most, [&] { return woken_ || last_locked() > after; });
    --waiters_;
    bool const beyond = last_locked() > after;
    if (!beyond)
        woken_ = false;
    return beyond;
}

void log_view::wake()
{
    std::lock_guard const lock(mutex_);
    woken_ = true;
    grown_.notify_all();
}

journal_status log_view::status() const
{
    std::lock_guard const lock(mutex_);
    journal_status status;
    status.identity = segments_.back().header.identity;
    status.first = first_locked();
    status.last = last_locked();
    status.released = released_;
    status.bytes = segment_bytes_ + spare_bytes_;
    status.segments = segments_.size();
    status.writable = writable_;
    return status;
}

}  // namespace bbstream::journal
