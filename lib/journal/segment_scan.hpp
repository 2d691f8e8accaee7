// Goes through all frames of one segment: what recovery, verification and fsck have in common.
#pragma once

#include "journal/frame_reader.hpp"
#include "journal/segment_plan.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace bbstream::journal {

struct segment_scan {
    frame_place end;  // of the good frames
    std::uint64_t records = 0;
    std::uint64_t frames = 0;                // end marks not counted
    micros last_received = 0;                // 0 when there is no record
    bool marked = false;                     // the last frame is an end mark
    std::string_view problem;                // why the scan ended before the end asked for; empty if it did not
    std::optional<frame_place> later_frame;  // a whole frame beyond the problem: what lies between was durable once
    std::vector<frame_place> landmarks;

    // Something begins at `end` that has the marks of a frame but is none: a torn write.
    bool is_torn() const { return !problem.empty() && problem != no_frame; }
};

// Frames from `from` up to `end`: the valid end where it is known, else the file's size. Errors: io.
result<segment_scan> scan_segment(file const& segment, segment_header const& header, frame_place from,
                                  std::uint64_t end);
result<segment_scan> scan_segment(file const& segment, segment_header const& header, std::uint64_t end);

// "journal PATH: segment NAME is damaged at offset N: WHY; ..." and what to do.
failure segment_damage(directory const& in, std::uint64_t number, std::uint64_t offset, std::string_view why);

}  // namespace bbstream::journal
