#include "journal/batch_writer.hpp"

#include "base/hex.hpp"
#include "base/random.hpp"
#include "journal/recovery.hpp"

#include <algorithm>
#include <utility>

namespace bbstream::journal {

namespace {

constexpr std::uint64_t mark_bytes = block_bytes;

void settle(std::span<request_list const> lists, append_status status)
{
    for (auto const& list : lists) {
        append_request* each = list.first;
        for (std::size_t i = 0; i < list.count; ++i, each = each->next) {
            each->status = status;
            if (status != append_status::durable)
                each->record.sequence = 0;
        }
    }
}

// Fills the frame and gives the records their sequences. The receive time of the last one is returned.
micros fill_frame(std::span<request_list const> lists, frame& frame)
{
    unsigned char* at = frame.bytes.data() + frame_header_bytes;
    std::uint64_t sequence = frame.header.first_sequence;
    micros received = 0;
    for (auto const& list : lists) {
        append_request* each = list.first;
        for (std::size_t i = 0; i < list.count; ++i, each = each->next) {
            each->record.sequence = sequence++;
            received = each->record.received;
            at = encode_record(each->record, at);
        }
    }
    seal_frame(frame.header, frame.bytes.data());
    return received;
}

}  // namespace

batch_writer::batch_writer(directory& in, writer_options options, log_view& view)
    : in_(in), options_(std::move(options)), view_(view)
{
}

batch_writer::~batch_writer()
{
    stop_making_ = true;
}

result<std::unique_ptr<batch_writer>> batch_writer::open(directory& in, writer_options options, log_view& view,
                                                         time_point now)
{
    std::unique_ptr<batch_writer> writer(new batch_writer(in, std::move(options), view));
    if (auto started = writer->start(now); !started)
        return started.error();
    return writer;
}

result<void> batch_writer::start(time_point now)
{
    auto recovered = recover(in_, visitor::owner, options_.verify_bytes_max);
    if (!recovered)
        return recovered.error();
    if (in_.exists(std::string(spare_name)))
        (void)in_.remove(std::string(spare_name));
    if (recovered->segments.empty()) {
        fill_random(current_.identity);
        if (auto made = next_segment(segment_bytes_for(mark_bytes)); !made)
            return made;
        log("new journal " + in_.path() + ", identity " + to_hex(current_.identity));
        return {};
    }
    auto const& last = recovered->segments.back();
    auto opened = in_.open(segment_name(last.header.number), file_access::append);
    if (!opened)
        return opened.error();
    if (recovered->torn_at != 0)
        log("journal " + in_.path() + ": cut what was torn at offset " + std::to_string(recovered->torn_at) + " of " +
            segment_name(last.header.number) + ", which was never acknowledged");
    current_ = last.header;
    file_ = std::move(*opened);
    capacity_ = last.capacity;
    offset_ = last.end;
    next_sequence_ = last.next_sequence;
    marked_ = recovered->marked;
    view_.start(std::move(recovered->segments));
    write_end_mark(now);
    return {};
}

void batch_writer::log(std::string const& line) const
{
    if (options_.log)
        options_.log(line);
}

append_status batch_writer::write(std::span<request_list const> lists, time_point now)
{
    frame_header header{frame_header_bytes, 0, next_sequence_, 0};
    for (auto const& list : lists) {
        header.length += static_cast<std::uint32_t>(list.bytes);
        header.count += static_cast<std::uint32_t>(list.count);
    }
    std::uint64_t const padded = round_up_to_block(header.length);
    if (!make_room(padded, now)) {
        settle(lists, append_status::refused);
        return append_status::refused;
    }
    auto const frame = pool_->take(static_cast<std::size_t>(padded));
    header.salt = current_.salt;
    frame->header = header;
    auto const last_received = fill_frame(lists, *frame);
    auto const started = std::chrono::steady_clock::now();
    if (auto written = file_->write(offset_, frame->bytes.data(), static_cast<std::size_t>(padded)); !written) {
        fail_current(written.error().message, now);
        settle(lists, append_status::refused);
        return append_status::refused;
    }
    if (options_.written)
        options_.written(std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count(),
                         header.count, static_cast<std::size_t>(padded));
    offset_ += padded;
    next_sequence_ += header.count;
    marked_ = false;
    view_.add_frame(frame, last_received);
    settle(lists, append_status::durable);
    return append_status::durable;
}

bool batch_writer::has_room(std::uint64_t frame_bytes) const
{
    return file_ && offset_ + frame_bytes + mark_bytes <= capacity_;
}

// After a refusal it is tried again at probe_interval at most, so that a full disk is not hammered.
bool batch_writer::make_room(std::uint64_t frame_bytes, time_point now)
{
    bool room = has_room(frame_bytes);
    if (!room && now < next_probe_)
        return false;
    if (!room) {
        auto const made = next_segment(segment_bytes_for(frame_bytes));
        if (!made && !std::exchange(said_blocked_, true))
            log("the journal takes no writes: " + made.error().message);
        room = made.has_value();
        next_probe_ = room ? time_point() : now + probe_interval;
        blocked_bytes_ = frame_bytes;
    }
    if (room && std::exchange(said_blocked_, false))
        log("the journal takes writes again");
    if (std::exchange(blocked_, !room) != blocked_)
        view_.set_writable(room);
    return room;
}

// The file may hold any part of what was written, and a later sync of it proves nothing: the log goes on in another,
// at once after a first failure, at probe_interval while they go on.
void batch_writer::fail_current(std::string const& why, time_point now)
{
    log(why + "; the log goes on in a new segment");
    file_.reset();
    view_.fail_last();
    view_.set_writable(false);
    blocked_ = true;
    blocked_bytes_ = mark_bytes;
    next_probe_ = std::max(now, next_segment_after_failure_);
    next_segment_after_failure_ = now + probe_interval;
}

void batch_writer::write_end_mark(time_point now)
{
    if (marked_ || !file_ || offset_ + mark_bytes > capacity_)
        return;
    auto const frame = pool_->take(mark_bytes);
    seal_frame({frame_header_bytes, 0, next_sequence_, current_.salt}, frame->bytes.data());
    if (auto written = file_->write(offset_, frame->bytes.data(), mark_bytes); !written)
        return fail_current(written.error().message, now);
    offset_ += mark_bytes;
    marked_ = true;
    view_.add_end_mark(offset_);
}

void batch_writer::close(time_point now)
{
    stop_making_ = true;
    write_end_mark(now);
    file_.reset();
}

}  // namespace bbstream::journal
