#include "event/json_writer.hpp"

#include <charconv>
#include <cstring>

namespace bbstream::event {

namespace {

using word = std::uint64_t;

constexpr word each_byte(unsigned char value)
{
    return 0x0101010101010101u * value;
}

// Whether each of eight bytes can be copied as it is: printable ASCII but for the quote and the backslash.
bool is_plain(char const* eight)
{
    word bytes;
    std::memcpy(&bytes, eight, sizeof bytes);
    word const quote = bytes ^ each_byte('"');
    word const backslash = bytes ^ each_byte('\\');
    word const found = (bytes - each_byte(0x20)) | (quote - each_byte(1)) | (backslash - each_byte(1)) | bytes;
    return (found & each_byte(0x80)) == 0;
}

bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

// The length of the well-formed UTF-8 sequence (RFC 3629) at the front, 0 where there is none.
std::size_t utf8_length(std::string_view text)
{
    auto const byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    auto const continues = [&](std::size_t at) { return at < text.size() && (byte(at) & 0xc0) == 0x80; };
    unsigned char const lead = byte(0);
    if (lead >= 0xc2 && lead <= 0xdf)
        return continues(1) ? 2 : 0;
    if (lead >= 0xe0 && lead <= 0xef) {
        if (!continues(1) || !continues(2))
            return 0;
        bool const overlong = lead == 0xe0 && byte(1) < 0xa0;
        bool const surrogate = lead == 0xed && byte(1) > 0x9f;
        return overlong || surrogate ? 0 : 3;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        if (!continues(1) || !continues(2) || !continues(3))
            return 0;
        bool const overlong = lead == 0xf0 && byte(1) < 0x90;
        bool const beyond = lead == 0xf4 && byte(1) > 0x8f;
        return overlong || beyond ? 0 : 4;
    }
    return 0;
}

void append_control(std::string& out, unsigned char c)
{
    static constexpr char digits[] = "0123456789abcdef";
    switch (c) {
        case '\b':
            out += "\\b";
            return;
        case '\f':
            out += "\\f";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            out += "\\u00";
            out += digits[c >> 4];
            out += digits[c & 15];
    }
}

// Appends the character at the front, which is not plain, and gives its length.
std::size_t append_special(std::string& out, std::string_view text)
{
    auto const c = static_cast<unsigned char>(text.front());
    if (c >= 0x80) {
        std::size_t const length = utf8_length(text);
        out += length == 0 ? std::string_view("\xef\xbf\xbd") : text.substr(0, length);
        return length == 0 ? 1 : length;
    }
    if (c < 0x20) {
        append_control(out, c);
    } else {
        out += '\\';
        out += text.front();
    }
    return 1;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text)
{
    out += '"';
    std::size_t copied = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        if (at + sizeof(word) <= text.size() && is_plain(text.data() + at)) {
            at += sizeof(word);
        } else if (is_plain(static_cast<unsigned char>(text[at]))) {
            ++at;
        } else {
            out.append(text, copied, at - copied);
            at += append_special(out, text.substr(at));
            copied = at;
        }
    }
    out.append(text, copied, at - copied);
    out += '"';
}

void json_writer::text_value(std::optional<std::string_view> value)
{
    if (value)
        append_json_string(out_, *value);
    else
        out_ += "null";
}

void json_writer::number_value(std::optional<std::uint64_t> value)
{
    if (!value) {
        out_ += "null";
        return;
    }
    char digits[20];
    out_.append(digits, std::to_chars(digits, digits + sizeof digits, *value).ptr);
}

void json_writer::time_value(std::optional<micros> value)
{
    if (!value) {
        out_ += "null";
        return;
    }
    out_ += '"';
    append_rfc3339(out_, *value);
    out_ += '"';
}

}  // namespace bbstream::event
