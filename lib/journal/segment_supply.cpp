#include "base/random.hpp"
#include "base/thread.hpp"
#include "journal/aligned_buffer.hpp"
#include "journal/batch_writer.hpp"

#include <array>
#include <bit>
#include <system_error>

// The part of batch_writer that provides segments: ahead of their use, by filling a file or by recycling.
namespace bbstream::journal {

void batch_writer::maintain(time_point now)
{
    take_made_spare(false, now);
    if (blocked_)
        make_room(blocked_bytes_, now);
    // Ahead of its use, but not before a journal that is hardly written has a use for it.
    bool const wanted = !spare_ && !making_.valid() && offset_ > capacity_ / 4 && now >= next_making_;
    if (wanted)
        make_spare_ahead(now);
    else if (oldest_is_expired() || (oldest_is_released() && view_.bytes() > options_.limits.size_max))
        remove_oldest(0);
}

void batch_writer::make_spare_ahead(time_point now)
{
    next_making_ = now + probe_interval;
    std::uint64_t capacity = next_capacity(options_.limits, capacity_, 0);
    if (oldest_is_expired() || (oldest_is_released() && !fits_size(capacity))) {
        remove_oldest(capacity);
        return;
    }
    if (!fits_size(capacity))
        capacity = least_capacity(options_.limits, 0);
    if (!fits_size(capacity))
        return;
    try {
        making_ = std::async(options_.fill, [this, capacity] {
            present_thread("journal-fill", urgency::normal);
            return make_spare(in_, capacity, stop_making_);
        });
        view_.set_spare_bytes(capacity);
    } catch (std::system_error const& why) {
        log(std::string("no thread to make the next segment: ") + why.what());
    }
}

void batch_writer::take_made_spare(bool wait, time_point now)
{
    if (!making_.valid() || (!wait && making_.wait_for(std::chrono::seconds(0)) == std::future_status::timeout))
        return;
    auto made = making_.get();
    if (made) {
        spare_ = std::move(*made);
        return;
    }
    log("the next segment can't be made ahead: " + made.error().message);
    view_.set_spare_bytes(0);
    next_making_ = now + probe_interval;
}

void batch_writer::discard_spare()
{
    spare_.reset();
    (void)in_.remove(std::string(spare_name));
    view_.set_spare_bytes(0);
}

// Ends the current segment where it is valid, and makes another the current one. After a failure it may be called
// again: each attempt uses a new file, under the same name.
result<void> batch_writer::next_segment(std::uint64_t needed)
{
    take_made_spare(true, {});
    if (spare_ && spare_->capacity < needed)
        discard_spare();
    if (!spare_) {
        if (auto obtained = obtain_spare(needed); !obtained)
            return obtained;
    }
    auto from = std::move(*spare_);
    spare_.reset();
    auto activated = activate(std::move(from));
    if (!activated && in_.exists(std::string(spare_name)))
        (void)in_.remove(std::string(spare_name));
    view_.set_spare_bytes(0);
    return activated;
}

result<void> batch_writer::activate(spare from)
{
    segment_header header;
    header.identity = current_.identity;
    header.number = current_.number + 1;
    header.first_sequence = next_sequence_;
    std::array<unsigned char, sizeof header.salt> salt;
    fill_random(salt);
    header.salt = std::bit_cast<std::uint64_t>(salt);
    header.created = options_.clock();
    if (current_.number != 0) {
        header.previous_end = offset_;
        header.previous_received = view_.last().last_received;
    }
    aligned_buffer block(block_bytes);
    encode_header(header, block.data());
    if (auto written = from.opened->write(0, block.data(), block_bytes); !written)
        return written;
    // From here on a start may find this header, even if what follows fails: the current segment ends where it says.
    file_.reset();
    if (auto renamed = in_.rename(std::string(spare_name), segment_name(header.number)); !renamed)
        return renamed;
    if (auto synced = in_.sync(); !synced)
        return synced;
    unsynced_removal_ = false;
    segment_state next;
    next.header = header;
    next.capacity = from.capacity;
    next.next_sequence = next_sequence_;
    next.last_received = header.previous_received;
    view_.add_segment(std::move(next));
    current_ = header;
    file_ = std::move(from.opened);
    capacity_ = from.capacity;
    offset_ = block_bytes;
    marked_ = true;
    return {};
}

// Within size_max, at the price of released segments. Where even the disk is full, they are recycled.
result<void> batch_writer::obtain_spare(std::uint64_t needed)
{
    result<void> made =
        failure{failure_kind::io, "the journal is at its size_max, " + std::to_string(options_.limits.size_max) +
                                      " bytes, with records that are not published yet"};
    std::uint64_t const previous = file_ ? capacity_ : 0;  // after a failure the sizes begin anew
    for (auto const capacity :
         {next_capacity(options_.limits, previous, needed), least_capacity(options_.limits, needed)}) {
        while (!fits_size(capacity) && oldest_is_released() && remove_oldest(capacity))
            if (spare_)
                return {};
        if (!fits_size(capacity))
            continue;
        made = make_spare_now(capacity);
        if (made)
            return made;
    }
    while (oldest_is_released() && remove_oldest(needed))
        if (spare_)
            return {};
    return made;
}

result<void> batch_writer::make_spare_now(std::uint64_t capacity)
{
    auto made = make_spare(in_, capacity, stop_making_);
    if (!made)
        return made.error();
    spare_ = std::move(*made);
    view_.set_spare_bytes(capacity);
    return {};
}

bool batch_writer::oldest_is_released() const
{
    auto const oldest = view_.oldest();
    return oldest && is_released(*oldest, view_.released());
}

bool batch_writer::oldest_is_expired() const
{
    auto const oldest = view_.oldest();
    return oldest && is_expired(*oldest, view_.released(), options_.retention, options_.clock());
}

bool batch_writer::fits_size(std::uint64_t capacity) const
{
    return view_.bytes() + capacity <= options_.limits.size_max;
}

// Removes the oldest segment, or makes it the spare if one of `spare_wanted` bytes (0: none) is looked for. Each
// removal is durable before the next, so that a crash leaves no hole in the chain. False when the disk refuses.
bool batch_writer::remove_oldest(std::uint64_t spare_wanted)
{
    if (unsynced_removal_ && !in_.sync())
        return false;
    unsynced_removal_ = true;
    // Readers first: from here on none looks for it, and who reads it now is told that it is gone.
    auto oldest = view_.take_oldest();
    auto const name = segment_name(oldest.header.number);
    bool const recycle = spare_wanted != 0 && !spare_ && !oldest.failed && oldest.capacity >= spare_wanted;
    auto const removed = recycle ? in_.rename(name, std::string(spare_name)) : in_.remove(name);
    if (!removed) {
        log("segment " + name + " can't be removed: " + removed.error().message);
        view_.put_back_oldest(std::move(oldest));
        return false;
    }
    if (auto synced = in_.sync(); !synced) {
        log("segment " + name + ": " + synced.error().message);
        // Its name may come back after a crash, and then must not find another segment's header.
        if (recycle)
            (void)in_.remove(std::string(spare_name));
        return true;
    }
    unsynced_removal_ = false;
    if (recycle) {
        auto opened = in_.open(std::string(spare_name), file_access::append);
        if (!opened) {
            (void)in_.remove(std::string(spare_name));
            return true;
        }
        spare_ = spare{std::move(*opened), oldest.capacity};
        view_.set_spare_bytes(oldest.capacity);
    }
    return true;
}

}  // namespace bbstream::journal
