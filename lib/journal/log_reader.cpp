#include "journal/log_reader.hpp"

#include "journal/segment_scan.hpp"

#include <algorithm>
#include <string>

namespace bbstream::journal {

namespace {

constexpr std::size_t chunk_bytes_least = 64u << 10;

failure trimmed(std::uint64_t after)
{
    return {failure_kind::invalid, "record " + std::to_string(after + 1) + " is no longer in the journal"};
}

read_batch read_from_memory(std::vector<std::shared_ptr<frame const>> frames, std::uint64_t after)
{
    read_batch batch;
    for (auto const& each : frames)
        decode_records(each->header, each->bytes.data(), after, batch.records);
    batch.bytes = std::make_shared<std::vector<std::shared_ptr<frame const>> const>(std::move(frames));
    return batch;
}

result<read_batch> read_from_disk(directory& in, log_view& view, log_view::lookup const& from, std::uint64_t after,
                                  std::size_t bytes_max)
{
    std::uint64_t const number = from.segment.number;
    auto const opened = in.open(segment_name(number), file_access::read);
    if (!opened)
        return opened.error();
    frame_reader reader(**opened, from.segment.salt, from.place, from.end,
                        std::clamp(bytes_max, chunk_bytes_least, read_chunk_bytes));
    auto kept = std::make_shared<std::vector<std::shared_ptr<aligned_buffer const>>>();
    read_batch batch;
    for (std::size_t bytes = 0; bytes < bytes_max || batch.records.empty();) {
        if (!batch.records.empty() && !reader.has_next())
            break;  // loading it would read what the next call reads again
        auto const frame = reader.next();
        if (!frame)
            return frame.error();
        if (!*frame) {
            if (reader.problem().empty() && !batch.records.empty())
                break;
            auto const why = reader.problem().empty() ? "its records end too early" : reader.problem();
            return segment_damage(in, number, reader.at().offset, why);
        }
        auto const& view_of = **frame;
        view.note_place(number, {view_of.offset, view_of.header.first_sequence});
        if (view_of.header.first_sequence + view_of.header.count <= after + 1)
            continue;
        if (kept->empty() || kept->back() != reader.buffer())
            kept->push_back(reader.buffer());
        if (!decode_records(view_of.header, view_of.bytes, after, batch.records))
            return segment_damage(in, number, view_of.offset, "the records do not fill their frame");
        bytes += view_of.header.length;
    }
    batch.bytes = std::move(kept);
    return batch;
}

}  // namespace

result<read_batch> read_after(directory& in, log_view& view, std::uint64_t after, std::size_t bytes_max)
{
    auto found = view.find(after, bytes_max);
    switch (found.where) {
        case log_view::whereabouts::trimmed:
            return trimmed(after);
        case log_view::whereabouts::not_yet:
            return read_batch{};
        case log_view::whereabouts::memory:
            return read_from_memory(std::move(found.frames), after);
        case log_view::whereabouts::disk:
            break;
    }
    auto batch = read_from_disk(in, view, found, after, bytes_max);
    // The segment may have been removed or recycled under the read: then what went wrong says nothing.
    if (!batch && view.is_trimmed(after))
        return trimmed(after);
    return batch;
}

}  // namespace bbstream::journal
