// The bytes of a segment: header, batch frame, record. FORMAT.md is the document; these are its encoders.
#pragma once

#include "base/failure.hpp"
#include "journal/journal.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::journal {

inline constexpr std::size_t block_bytes = 4096;
inline constexpr std::size_t frame_header_bytes = 32;
inline constexpr std::size_t record_header_bytes = 24;
inline constexpr std::uint32_t format_version = 1;

// A record above this, header included, is refused.
inline constexpr std::size_t record_bytes_max = 64u << 20;

inline constexpr std::string_view spare_name = "spare";
inline constexpr std::string_view lock_name = "lock";

constexpr std::uint64_t round_up_to_block(std::uint64_t bytes)
{
    return (bytes + block_bytes - 1) / block_bytes * block_bytes;
}

struct segment_header {
    bbstream::journal::identity identity{};
    std::uint64_t number = 0;          // of the segment, from 1, without holes
    std::uint64_t first_sequence = 0;  // that the segment's first record has, or would have
    std::uint64_t previous_end = 0;    // valid end of the predecessor; 0 for the journal's first segment
    micros previous_received = 0;      // receive time of the last record before this segment; 0 when there is none
    std::uint64_t salt = 0;            // random; its frames carry it, those of a recycled file's earlier life do not
    micros created = 0;
};

struct frame_header {
    std::uint32_t length = 0;  // header and records, without the padding to a block
    std::uint32_t count = 0;   // of records; 0 is an end mark
    std::uint64_t first_sequence = 0;
    std::uint64_t salt = 0;
};

// "000000000042.segment", and back; nothing for other names.
std::string segment_name(std::uint64_t number);
std::optional<std::uint64_t> parse_segment_name(std::string_view name);

// Fills or reads one block. Errors: corrupt, with a reason that the caller completes by the file's name.
void encode_header(segment_header const& header, unsigned char* block);
result<segment_header> decode_header(unsigned char const* block);

// Whether a record can be written at all; and the bytes that it takes in a frame.
bool fits_format(record const& record);
std::size_t record_bytes(record const& record);

// Writes the record (not its sequence) and returns where the next one goes.
unsigned char* encode_record(record const& record, unsigned char* to);

// Writes the frame's header with its checksum before `length - frame_header_bytes` bytes of records, and zeros behind
// them up to the next block.
void seal_frame(frame_header const& header, unsigned char* frame);

// The header of what may be a frame of the segment with this salt; its checksum is still to be checked.
std::optional<frame_header> peek_frame(unsigned char const* frame, std::uint64_t salt);
bool frame_is_whole(frame_header const& header, unsigned char const* frame);

// Appends the frame's records with sequences beyond `after`. False when its records do not fill its length exactly.
bool decode_records(frame_header const& header, unsigned char const* frame, std::uint64_t after,
                    std::vector<record>& records);

}  // namespace bbstream::journal
