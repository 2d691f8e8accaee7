#include "journal/segment_scan.hpp"

#include <string>

namespace bbstream::journal {

namespace {

// Takes frames from scan.end on, until the end or a problem. Errors: io.
result<void> scan_on(file const& segment, segment_header const& header, std::uint64_t end, segment_scan& scan)
{
    frame_reader reader(segment, header.salt, scan.end, end);
    std::vector<record> records;
    for (;;) {
        auto const frame = reader.next();
        if (!frame)
            return frame.error();
        scan.problem = reader.problem();
        if (!*frame)
            return {};
        auto const& view = **frame;
        records.clear();
        if (!decode_records(view.header, view.bytes, 0, records)) {
            scan.problem = "the records do not fill their frame";
            return {};
        }
        if (!records.empty()) {
            scan.last_received = records.back().received;
            scan.records += records.size();
            ++scan.frames;
        }
        add_landmark(scan.landmarks, {view.offset, view.header.first_sequence});
        scan.marked = records.empty();
        scan.end = reader.at();
    }
}

}  // namespace

result<segment_scan> scan_segment(file const& segment, segment_header const& header, std::uint64_t end)
{
    return scan_segment(segment, header, {block_bytes, header.first_sequence}, end);
}

result<segment_scan> scan_segment(file const& segment, segment_header const& header, frame_place from,
                                  std::uint64_t end)
{
    segment_scan scan;
    scan.end = from;
    for (;;) {
        auto const began = scan.end.offset;
        if (auto scanned = scan_on(segment, header, end, scan); !scanned)
            return scanned.error();
        if (scan.problem.empty())
            scan.later_frame.reset();
        if (scan.problem.empty() || (scan.later_frame && began == scan.end.offset))
            return scan;
        auto const later = find_later_frame(segment, header.salt, scan.end, end);
        if (!later)
            return later.error();
        scan.later_frame = *later;
        if (!scan.later_frame)
            return scan;
        // Beside a running writer the frame may have been on its way when it was read: it is read once more.
    }
}

failure segment_damage(directory const& in, std::uint64_t number, std::uint64_t offset, std::string_view why)
{
    return {failure_kind::corrupt, "journal " + in.path() + ": segment " + segment_name(number) +
                                       " is damaged at offset " + std::to_string(offset) + ": " + std::string(why) +
                                       "; `bbstream journal fsck` lists all damage"};
}

}  // namespace bbstream::journal
