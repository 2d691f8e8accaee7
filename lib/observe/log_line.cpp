#include "observe/log_line.hpp"

#include <algorithm>
#include <cstdint>

namespace bbstream::observe {

namespace {

constexpr char hex[] = "0123456789abcdef";

// Bytes of the well-formed UTF-8 sequence that `text` begins with (RFC 3629), or 0.
std::size_t sequence_length(std::string_view text)
{
    auto const byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    auto const follows = [&](std::size_t i) { return (byte(i) & 0xc0u) == 0x80u; };
    unsigned const first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return follows(1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        bool const overlong = first == 0xe0 && byte(1) < 0xa0;
        bool const surrogate = first == 0xed && byte(1) > 0x9f;
        return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        bool const overlong = first == 0xf0 && byte(1) < 0x90;
        bool const too_high = first == 0xf4 && byte(1) > 0x8f;
        return follows(1) && follows(2) && follows(3) && !overlong && !too_high ? 4 : 0;
    }
    return 0;
}

bool is_c1_control(std::string_view sequence)
{
    return sequence.size() == 2 && sequence[0] == '\xc2' && static_cast<unsigned char>(sequence[1]) < 0xa0;
}

// Bidirectional overrides and line separators: they would reorder or split what a person sees.
bool is_deceiving(std::string_view sequence)
{
    if (sequence.size() != 3 || sequence[0] != '\xe2')
        return false;
    auto const second = static_cast<unsigned char>(sequence[1]);
    auto const third = static_cast<unsigned char>(sequence[2]);
    return (second == 0x80 && third >= 0xa8 && third <= 0xae) || (second == 0x81 && third >= 0xa6 && third <= 0xa9);
}

// Calls `part(sequence, valid)` for each UTF-8 sequence or stray byte.
template <class Part>
void each_sequence(std::string_view text, Part part)
{
    while (!text.empty()) {
        std::size_t const length = sequence_length(text);
        part(text.substr(0, std::max<std::size_t>(length, 1)), length != 0);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
}

void append_byte_escapes(std::string& out, std::string_view bytes)
{
    for (char const c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        out += "\\x";
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
}

void append_for_terminal(std::string& out, std::string_view text)
{
    each_sequence(text, [&](std::string_view sequence, bool valid) {
        char const c = sequence[0];
        if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (!valid || static_cast<unsigned char>(c) < 0x20 || c == 0x7f || is_c1_control(sequence) ||
                 is_deceiving(sequence))
            append_byte_escapes(out, sequence);
        else
            out += sequence;
    });
}

void append_quoted(std::string& out, std::string_view text)
{
    std::string escaped;
    for (char const c : text) {
        if (c == '"' || c == '\\')
            escaped += '\\';
        escaped += c;
    }
    // A backslash is ASCII and never part of a longer sequence, so escaping it first leaves those whole.
    out += '"';
    append_for_terminal(out, escaped);
    out += '"';
}

bool is_plain_word(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '=';
    });
}

void append_json_string(std::string& out, std::string_view text)
{
    out += '"';
    each_sequence(text, [&](std::string_view sequence, bool valid) {
        char const c = sequence[0];
        if (!valid)
            out += "\\ufffd";
        else if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (c == '\n')
            out += "\\n";
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            ((out += "\\u00") += hex[static_cast<unsigned char>(c) >> 4]) += hex[c & 15];
        else if (is_c1_control(sequence))
            ((out += "\\u00") += hex[static_cast<unsigned char>(sequence[1]) >> 4]) += hex[sequence[1] & 15];
        else
            out += sequence;
    });
    out += '"';
}

}  // namespace

std::string text_line(std::string_view message, fields with)
{
    std::string line;
    append_for_terminal(line, message);
    for (auto const& [key, value, quoted] : with) {
        line += ' ';
        append_for_terminal(line, key);
        line += '=';
        if (is_plain_word(value))
            line += value;
        else
            append_quoted(line, value);
    }
    return line;
}

std::string json_members(std::string_view message, fields with)
{
    std::string members = "\"message\":";
    append_json_string(members, message);
    for (auto const& [key, value, quoted] : with) {
        members += ',';
        append_json_string(members, key);
        members += ':';
        if (quoted)
            append_json_string(members, value);
        else
            members += value;
    }
    return members;
}

}  // namespace bbstream::observe
