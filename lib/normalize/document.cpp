#include "normalize/document.hpp"

#include <algorithm>
#include <cstring>
#include <new>

namespace bbstream::normalize {

namespace {

// A larger body's tree is given back after it, so that one huge push does not cost its memory for ever.
constexpr std::size_t kept_bytes_max = 1024 * 1024;

// Integers of more digits may not fit into 64 bits.
constexpr std::size_t safe_digits = 18;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_number_part(char c)
{
    return is_digit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

// By the grammar of JSON (RFC 8259, 6), of any size.
bool is_number(std::string_view text)
{
    auto const skip_digits = [&] {
        std::size_t const count = static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
        text.remove_prefix(count);
        return count;
    };
    if (text.starts_with('-'))
        text.remove_prefix(1);
    bool const zero = text.starts_with('0');
    std::size_t const whole = skip_digits();
    if (whole == 0 || (zero && whole > 1))
        return false;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        if (skip_digits() == 0)
            return false;
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(1);
        if (text.starts_with('+') || text.starts_with('-'))
            text.remove_prefix(1);
        if (skip_digits() == 0)
            return false;
    }
    return text.empty();
}

// The four hex digits of an escape, or -1.
int escaped_unit(char const* text, std::size_t size, std::size_t at)
{
    if (at + 6 > size || text[at] != '\\' || text[at + 1] != 'u')
        return -1;
    int unit = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
        char const c = text[i];
        int const digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

// At a backslash; gives the index behind the escape.
std::size_t repair_escape(char* text, std::size_t size, std::size_t at, bool& changed)
{
    int const unit = escaped_unit(text, size, at);
    if (unit < 0xd800 || unit > 0xdfff)
        return at + 2;
    int const low = unit < 0xdc00 ? escaped_unit(text, size, at + 6) : -1;
    if (low >= 0xdc00 && low <= 0xdfff)
        return at + 12;
    std::memcpy(text + at + 2, "fffd", 4);
    changed = true;
    return at + 6;
}

// At the first character of a number; gives the index behind it.
std::size_t repair_number(char* text, std::size_t size, std::size_t at, bool& changed)
{
    std::size_t end = at;
    std::size_t digits = 0;
    bool exponent = false;
    for (; end < size && is_number_part(text[end]); ++end) {
        digits += is_digit(text[end]);
        exponent |= text[end] == 'e' || text[end] == 'E';
    }
    if ((digits > safe_digits || exponent) && end - at >= 4 && is_number({text + at, end - at})) {
        std::memset(text + at, ' ', end - at);
        std::memcpy(text + at, "null", 4);
        changed = true;
    }
    return end;
}

}  // namespace

bool repair_json(char* text, std::size_t size)
{
    bool changed = false;
    bool in_string = false;
    for (std::size_t at = 0; at < size;) {
        char const c = text[at];
        if (c == '"')
            in_string = !in_string;
        if (in_string && c == '\\')
            at = repair_escape(text, size, at, changed);
        else if (!in_string && (is_digit(c) || c == '-'))
            at = repair_number(text, size, at, changed);
        else
            ++at;
    }
    return changed;
}

std::optional<simdjson::dom::object> document::parse(std::string_view body)
{
    if (parser_.capacity() > kept_bytes_max) {
        parser_ = simdjson::dom::parser();
        text_ = {};
    }
    std::size_t const needed = body.size() + simdjson::SIMDJSON_PADDING;
    if (text_.size() < needed)
        text_.resize(needed);
    std::copy(body.begin(), body.end(), text_.begin());
    size_ = body.size();
    simdjson::error_code failed = parse_text();
    if (failed && repair_json(text_.data(), size_))
        failed = parse_text();
    if (failed) {
        problem_ = std::string("the body is not JSON: ") + simdjson::error_message(failed);
        return std::nullopt;
    }
    simdjson::dom::object object;
    if (root_.get(object) != simdjson::SUCCESS) {
        problem_ = "the body is not a JSON object";
        return std::nullopt;
    }
    return object;
}

simdjson::error_code document::parse_text()
{
    auto const failed = parser_.parse(text_.data(), size_, false).get(root_);
    if (failed == simdjson::MEMALLOC)
        throw std::bad_alloc();  // which says nothing of the body
    return failed;
}

}  // namespace bbstream::normalize
