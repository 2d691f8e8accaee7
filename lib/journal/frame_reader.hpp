// Reads the frames of a segment in order, checking each.
#pragma once

#include "journal/aligned_buffer.hpp"
#include "journal/directory.hpp"
#include "journal/format.hpp"

#include <memory>
#include <optional>
#include <string_view>

namespace bbstream::journal {

inline constexpr std::size_t read_chunk_bytes = 1u << 20;

// The problem where nothing begins that looks like a frame: the end of what was written, as a rule.
inline constexpr std::string_view no_frame = "no frame begins here";

// Where a frame lies, and the sequence that it begins with.
struct frame_place {
    std::uint64_t offset = block_bytes;
    std::uint64_t sequence = 0;
};

struct frame_view {
    frame_header header;
    unsigned char const* bytes = nullptr;  // valid while its buffer() lives
    std::uint64_t offset = 0;
};

// The header block of an open segment. Errors: io; corrupt, not naming the segment.
result<segment_header> read_segment_header(file const& segment);

class frame_reader {
   public:
    // Frames of the segment with this salt from `at` on; none reaches beyond `end`.
    frame_reader(file const& segment, std::uint64_t salt, frame_place at, std::uint64_t end,
                 std::size_t chunk_bytes = read_chunk_bytes);

    // The next frame that is whole and has the expected sequence. Nothing at the end, and where no such frame follows:
    // then problem() says why. Errors: io.
    result<std::optional<frame_view>> next();
    // Whether next() needs no more of the file.
    bool has_next() const;

    // Empty when next() ended at `end`.
    std::string_view problem() const { return problem_; }
    // Where the next frame would begin.
    frame_place at() const { return at_; }
    // What the last frame's bytes lie in; sharing it keeps them.
    std::shared_ptr<aligned_buffer const> buffer() const { return buffer_; }

   private:
    result<bool> load(std::size_t bytes);

    file const& segment_;
    std::uint64_t const salt_;
    frame_place at_;
    std::uint64_t const end_;
    std::size_t const chunk_bytes_;
    std::shared_ptr<aligned_buffer> buffer_;
    std::uint64_t loaded_from_ = 0;
    std::size_t loaded_bytes_ = 0;
    std::string_view problem_;
};

// A whole frame behind `broken.offset` with that sequence or a later one. Frames are written one after the other, each
// durable before the next: one that follows proves that what lies before it was durable once. Errors: io.
result<std::optional<frame_place>> find_later_frame(file const& segment, std::uint64_t salt, frame_place broken,
                                                    std::uint64_t end);

}  // namespace bbstream::journal
