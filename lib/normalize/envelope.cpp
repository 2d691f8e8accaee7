#include "normalize/envelope.hpp"

#include "normalize/hash.hpp"

#include <algorithm>
#include <charconv>

namespace bbstream::normalize {

namespace {

std::optional<std::uint32_t> parse_attempt(std::string_view text)
{
    std::int32_t attempt = 0;  // CloudEvents integers have 32 bits, signed
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), attempt);
    if (text.empty() || failed != std::errc() || end != text.data() + text.size() || attempt < 0)
        return std::nullopt;
    return static_cast<std::uint32_t>(attempt);
}

// RFC 3986: what may stand in a path as it is.
bool is_path_character(char c)
{
    bool const alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return alphanumeric || std::string_view("-._~!$&'()*+,;=:@/").find(c) != std::string_view::npos;
}

std::string_view path_escaped(std::string_view text, arena& memory)
{
    if (std::all_of(text.begin(), text.end(), is_path_character))
        return text;
    static constexpr char digits[] = "0123456789ABCDEF";
    auto const to = memory.array<char>(text.size() * 3);
    std::size_t size = 0;
    for (char const c : text) {
        if (is_path_character(c)) {
            to[size++] = c;
            continue;
        }
        to[size++] = '%';
        to[size++] = digits[static_cast<unsigned char>(c) >> 4];
        to[size++] = digits[static_cast<unsigned char>(c) & 15];
    }
    return {to.data(), size};
}

constexpr std::size_t traceparent_bytes = 55;

// Of the flags of a later version only this one means what it does in version 00.
bool is_sampled(char last_digit_of_flags)
{
    return std::string_view("13579bdf").find(last_digit_of_flags) != std::string_view::npos;
}

// By what every version begins with; what a later one adds stands behind a hyphen.
bool is_traceparent(std::string_view text)
{
    auto const field = [&](std::size_t at, std::size_t size) { return text.substr(at, size); };
    if (text.size() < traceparent_bytes || text[2] != '-' || text[35] != '-' || text[52] != '-')
        return false;
    bool const hex = is_hex(field(0, 2)) && is_hex(field(3, 32)) && is_hex(field(36, 16)) && is_hex(field(53, 2));
    bool const zero = field(3, 32).find_first_not_of('0') == std::string_view::npos ||
                      field(36, 16).find_first_not_of('0') == std::string_view::npos;
    bool const length = text.size() == traceparent_bytes || (field(0, 2) != "00" && text[traceparent_bytes] == '-');
    return hex && !zero && length && field(0, 2) != "ff";
}

}  // namespace

event::delivery read_delivery(journal::record const& from, arena& memory)
{
    event::delivery of;
    of.product = from.product;
    of.origin = from.origin;
    of.instance = from.instance;
    of.received = from.received;
    of.sequence = from.sequence;
    of.event_key = journal::header_value(from.headers, "x-event-key");
    bool const cloud = from.product == product::cloud;
    of.delivery_id = journal::header_value(from.headers, cloud ? "x-request-uuid" : "x-request-id");
    if (cloud)
        of.attempt = parse_attempt(journal::header_value(from.headers, "x-attempt-number"));
    of.traceparent = read_traceparent(journal::header_value(from.headers, "traceparent"), memory);
    if (!of.traceparent.empty())
        of.tracestate = journal::header_value(from.headers, "tracestate");
    return of;
}

void place(event::delivery& of, record_identity const& who, arena& memory)
{
    if (who.repository_id) {
        of.partition_key = memory.join({of.instance, ":", *who.repository_id});
        of.source =
            memory.join({"bitbucket://", of.instance, "/repositories/", path_escaped(*who.repository_id, memory)});
    } else if (who.project_id) {
        of.partition_key = memory.join({of.instance, ":project:", *who.project_id});
        of.source = memory.join({"bitbucket://", of.instance, "/projects/", path_escaped(*who.project_id, memory)});
    } else {
        of.partition_key = of.instance;
        of.source = memory.join({"bitbucket://", of.instance, "/system"});
    }
}

std::string_view read_traceparent(std::string_view header, arena& memory)
{
    if (!is_traceparent(header))
        return {};
    if (header.starts_with("00"))
        return header;
    return memory.join({"00", header.substr(2, 51), is_sampled(header[traceparent_bytes - 1]) ? "01" : "00"});
}

}  // namespace bbstream::normalize
