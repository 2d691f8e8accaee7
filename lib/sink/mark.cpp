#include "sink/mark.hpp"

#include <algorithm>
#include <charconv>

namespace bbstream::sink {

namespace {

constexpr std::size_t epoch_digits = 4;
constexpr std::size_t sequence_digits = 19;
constexpr std::size_t index_digits = 6;
constexpr std::size_t text_size = epoch_digits + 1 + sequence_digits + 1 + index_digits;

template <class Number>
bool read_digits(std::string_view text, Number& out)
{
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size() && text.front() != '-';
}

}  // namespace

std::string mark_text(mark const& from)
{
    std::string text;
    event::append_sequence(text, from.epoch, from.position);
    return text;
}

std::optional<mark> parse_mark(std::string_view text)
{
    if (text.size() != text_size || text[epoch_digits] != '.' || text[epoch_digits + 1 + sequence_digits] != '.')
        return std::nullopt;
    mark read;
    if (!read_digits(text.substr(0, epoch_digits), read.epoch) ||
        !read_digits(text.substr(epoch_digits + 1, sequence_digits), read.position.sequence) ||
        !read_digits(text.substr(text_size - index_digits), read.position.index))
        return std::nullopt;
    return read;
}

// Inside a JSON string each quote follows a backslash, so this name with its colon can only be a member's.
std::optional<mark> mark_of_line(std::string_view line)
{
    constexpr std::string_view member = "\"sequence\":\"";
    if (line.size() < 2 || line.front() != '{' || line.back() != '}')
        return std::nullopt;
    if (std::any_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
        return std::nullopt;
    auto const at = line.find(member);
    if (at == std::string_view::npos || line.size() < at + member.size() + text_size)
        return std::nullopt;
    return parse_mark(line.substr(at + member.size(), text_size));
}

}  // namespace bbstream::sink
