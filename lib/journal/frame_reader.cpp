#include "journal/frame_reader.hpp"

#include <algorithm>

namespace bbstream::journal {

result<segment_header> read_segment_header(file const& segment)
{
    aligned_buffer block(block_bytes);
    auto const read = segment.read(0, block.data(), block_bytes);
    if (!read)
        return read.error();
    if (*read < block_bytes)
        return failure{failure_kind::corrupt, "too short for a header"};
    return decode_header(block.data());
}

frame_reader::frame_reader(file const& segment, std::uint64_t salt, frame_place at, std::uint64_t end,
                           std::size_t chunk_bytes)
    : segment_(segment), salt_(salt), at_(at), end_(end), chunk_bytes_(round_up_to_block(chunk_bytes))
{
}

// Makes `bytes` (whole blocks) from the present offset on readable; false when the file ends before.
result<bool> frame_reader::load(std::size_t bytes)
{
    if (buffer_ && at_.offset >= loaded_from_ && at_.offset + bytes <= loaded_from_ + loaded_bytes_)
        return true;
    auto const wanted = static_cast<std::size_t>(
        std::min<std::uint64_t>(std::max(bytes, chunk_bytes_), round_up_to_block(end_ - at_.offset)));
    // A shared buffer belongs to a batch that was read; a smaller one is too small.
    if (!buffer_ || buffer_.use_count() > 1 || buffer_->capacity() < wanted)
        buffer_ = std::make_shared<aligned_buffer>(wanted);
    loaded_bytes_ = 0;
    auto const read = segment_.read(at_.offset, buffer_->data(), wanted);
    if (!read)
        return read.error();
    loaded_from_ = at_.offset;
    loaded_bytes_ = *read;
    return loaded_bytes_ >= bytes;
}

bool frame_reader::has_next() const
{
    auto const left = buffer_ ? loaded_from_ + loaded_bytes_ - at_.offset : 0;
    if (left < block_bytes)
        return false;
    auto const header = peek_frame(buffer_->data() + (at_.offset - loaded_from_), salt_);
    return header && round_up_to_block(header->length) <= left;
}

result<std::optional<frame_view>> frame_reader::next()
{
    auto const stop = [this](std::string_view why) {
        problem_ = why;
        return std::optional<frame_view>();
    };
    if (at_.offset >= end_)
        return stop("");
    if (auto const loaded = load(block_bytes); !loaded)
        return loaded.error();
    else if (!*loaded)
        return stop("the file ends before its frames do");
    auto const header = peek_frame(buffer_->data() + (at_.offset - loaded_from_), salt_);
    if (!header)
        return stop(no_frame);
    std::uint64_t const padded = round_up_to_block(header->length);
    if (padded > end_ - at_.offset)
        return stop("the frame's length reaches beyond the end");
    if (auto const loaded = load(static_cast<std::size_t>(padded)); !loaded)
        return loaded.error();
    else if (!*loaded)
        return stop("the file ends within a frame");
    auto const* const bytes = buffer_->data() + (at_.offset - loaded_from_);
    if (!frame_is_whole(*header, bytes))
        return stop("the frame's checksum is wrong");
    if (header->first_sequence != at_.sequence)
        return stop("the frame's sequence is not the expected one");
    frame_view const view{*header, bytes, at_.offset};
    at_ = {at_.offset + padded, at_.sequence + header->count};
    return std::optional(view);
}

result<std::optional<frame_place>> find_later_frame(file const& segment, std::uint64_t salt, frame_place broken,
                                                    std::uint64_t end)
{
    aligned_buffer chunk(read_chunk_bytes);
    std::uint64_t offset = broken.offset + block_bytes;
    while (offset < end) {
        auto const wanted = static_cast<std::size_t>(std::min<std::uint64_t>(read_chunk_bytes, end - offset));
        auto const read = segment.read(offset, chunk.data(), wanted);
        if (!read)
            return read.error();
        for (std::size_t at = 0; at + block_bytes <= *read; at += block_bytes) {
            auto const header = peek_frame(chunk.data() + at, salt);
            if (!header || header->first_sequence < broken.sequence)
                continue;
            frame_place const place{offset + at, header->first_sequence};
            frame_reader candidate(segment, salt, place, end, block_bytes);
            auto const frame = candidate.next();
            if (!frame)
                return frame.error();
            if (*frame)
                return std::optional(place);
        }
        if (*read < wanted)
            break;
        offset += wanted;
    }
    return std::optional<frame_place>();
}

}  // namespace bbstream::journal
