#include "journal/format.hpp"

#include "base/crc32c.hpp"

#include <bit>
#include <charconv>
#include <cstring>
#include <limits>

namespace bbstream::journal {

namespace {

static_assert(std::endian::native == std::endian::little, "the format is little-endian, and so is every target");

constexpr std::string_view segment_magic = "bbstream";
constexpr std::uint32_t frame_magic = 0x46424242;  // "BBBF"
constexpr std::string_view segment_suffix = ".segment";
constexpr std::size_t segment_digits = 12;
constexpr std::size_t header_crc_at = 8;
constexpr std::size_t header_checked_from = 12;
constexpr std::size_t frame_crc_at = 4;
constexpr std::size_t frame_checked_from = 8;

template <class T>
void put(unsigned char* to, T value)
{
    std::memcpy(to, &value, sizeof value);
}

template <class T>
T get(unsigned char const* from)
{
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

unsigned char* put_bytes(unsigned char* to, std::string_view bytes)
{
    if (!bytes.empty())
        std::memcpy(to, bytes.data(), bytes.size());
    return to + bytes.size();
}

}  // namespace

std::string segment_name(std::uint64_t number)
{
    std::string const digits = std::to_string(number);
    std::string name(digits.size() < segment_digits ? segment_digits - digits.size() : 0, '0');
    return name.append(digits).append(segment_suffix);
}

std::optional<std::uint64_t> parse_segment_name(std::string_view name)
{
    if (!name.ends_with(segment_suffix))
        return std::nullopt;
    auto const digits = name.substr(0, name.size() - segment_suffix.size());
    std::uint64_t number = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size() || segment_name(number) != name)
        return std::nullopt;
    return number;
}

void encode_header(segment_header const& header, unsigned char* block)
{
    std::memset(block, 0, block_bytes);
    put_bytes(block, segment_magic);
    put(block + 12, format_version);
    std::memcpy(block + 16, header.identity.data(), header.identity.size());
    put(block + 32, header.number);
    put(block + 40, header.first_sequence);
    put(block + 48, header.previous_end);
    put(block + 56, header.previous_received);
    put(block + 64, header.salt);
    put(block + 72, header.created);
    put(block + header_crc_at, crc32c(0, block + header_checked_from, block_bytes - header_checked_from));
}

result<segment_header> decode_header(unsigned char const* block)
{
    if (std::memcmp(block, segment_magic.data(), segment_magic.size()) != 0)
        return failure{failure_kind::corrupt, "not a segment of a journal"};
    if (get<std::uint32_t>(block + header_crc_at) !=
        crc32c(0, block + header_checked_from, block_bytes - header_checked_from))
        return failure{failure_kind::corrupt, "the header's checksum is wrong"};
    if (auto const version = get<std::uint32_t>(block + 12); version != format_version)
        return failure{failure_kind::corrupt, "format " + std::to_string(version) + "; this program knows format " +
                                                  std::to_string(format_version)};
    segment_header header;
    std::memcpy(header.identity.data(), block + 16, header.identity.size());
    header.number = get<std::uint64_t>(block + 32);
    header.first_sequence = get<std::uint64_t>(block + 40);
    header.previous_end = get<std::uint64_t>(block + 48);
    header.previous_received = get<micros>(block + 56);
    header.salt = get<std::uint64_t>(block + 64);
    header.created = get<micros>(block + 72);
    return header;
}

bool fits_format(record const& record)
{
    return record.instance.size() <= std::numeric_limits<std::uint16_t>::max() &&
           record.headers.size() <= record_bytes_max && record.meta.size() <= record_bytes_max &&
           record.body.size() <= record_bytes_max && record_bytes(record) <= record_bytes_max;
}

std::size_t record_bytes(record const& record)
{
    return record_header_bytes + record.instance.size() + record.headers.size() + record.meta.size() +
           record.body.size();
}

unsigned char* encode_record(record const& record, unsigned char* to)
{
    to[0] = static_cast<unsigned char>(record.product);
    to[1] = static_cast<unsigned char>(record.origin);
    put(to + 2, static_cast<std::uint16_t>(record.instance.size()));
    put(to + 4, static_cast<std::uint32_t>(record.headers.size()));
    put(to + 8, record.received);
    put(to + 16, static_cast<std::uint32_t>(record.meta.size()));
    put(to + 20, static_cast<std::uint32_t>(record.body.size()));
    to = put_bytes(to + record_header_bytes, record.instance);
    to = put_bytes(to, record.headers);
    to = put_bytes(to, record.meta);
    return put_bytes(to, record.body);
}

void seal_frame(frame_header const& header, unsigned char* frame)
{
    put(frame, frame_magic);
    put(frame + 8, header.length);
    put(frame + 12, header.count);
    put(frame + 16, header.first_sequence);
    put(frame + 24, header.salt);
    put(frame + frame_crc_at, crc32c(0, frame + frame_checked_from, header.length - frame_checked_from));
    std::memset(frame + header.length, 0, round_up_to_block(header.length) - header.length);
}

std::optional<frame_header> peek_frame(unsigned char const* frame, std::uint64_t salt)
{
    frame_header const header{get<std::uint32_t>(frame + 8), get<std::uint32_t>(frame + 12),
                              get<std::uint64_t>(frame + 16), get<std::uint64_t>(frame + 24)};
    if (get<std::uint32_t>(frame) != frame_magic || header.salt != salt || header.length < frame_header_bytes)
        return std::nullopt;
    return header;
}

bool frame_is_whole(frame_header const& header, unsigned char const* frame)
{
    return get<std::uint32_t>(frame + frame_crc_at) ==
           crc32c(0, frame + frame_checked_from, header.length - frame_checked_from);
}

bool decode_records(frame_header const& header, unsigned char const* frame, std::uint64_t after,
                    std::vector<record>& records)
{
    auto const* at = frame + frame_header_bytes;
    auto const* const end = frame + header.length;
    auto const take = [&at](std::size_t size) {
        std::string_view const bytes(reinterpret_cast<char const*>(at), size);
        at += size;
        return bytes;
    };
    for (std::uint32_t i = 0; i < header.count; ++i) {
        if (static_cast<std::size_t>(end - at) < record_header_bytes)
            return false;
        auto const* const fields = at;
        at += record_header_bytes;
        std::size_t const instance = get<std::uint16_t>(fields + 2);
        std::size_t const headers = get<std::uint32_t>(fields + 4);
        std::size_t const meta = get<std::uint32_t>(fields + 16);
        std::size_t const body = get<std::uint32_t>(fields + 20);
        if (static_cast<std::size_t>(end - at) < instance + headers + meta + body)
            return false;
        record record;
        record.sequence = header.first_sequence + i;
        record.received = get<micros>(fields + 8);
        record.product = static_cast<bbstream::product>(fields[0]);
        record.origin = static_cast<bbstream::journal::origin>(fields[1]);
        record.instance = take(instance);
        record.headers = take(headers);
        record.meta = take(meta);
        record.body = take(body);
        if (record.sequence > after)
            records.push_back(record);
    }
    return at == end;
}

}  // namespace bbstream::journal
