// simdjson, and where it says no, a scanner that checks the grammar of RFC 8259 and builds nothing.
#include "http/json_body.hpp"

#include "base/hex.hpp"

#include <simdjson.h>

#include <bit>
#include <bitset>
#include <cstdint>
#include <cstring>

namespace bbstream::http {
namespace {

// Larger texts are only scanned: simdjson would keep several times their size.
constexpr std::size_t parsed_bytes_max = 64 * 1024;

constexpr std::uint64_t every_byte = 0x0101010101010101;
constexpr std::uint64_t high_bits = every_byte * 0x80;

// The high bit of each byte that ends a run of plain string characters: a quote, a backslash or a control character.
// Exact up to and including the lowest one; above it there may be false ones.
std::uint64_t specials(std::uint64_t eight)
{
    auto const zero_bytes = [](std::uint64_t v) { return (v - every_byte) & ~v; };
    auto const quotes = zero_bytes(eight ^ (every_byte * '"'));
    auto const backslashes = zero_bytes(eight ^ (every_byte * '\\'));
    auto const controls = (eight - every_byte * 0x20) & ~eight;
    return (quotes | backslashes | controls) & high_bits;
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

class scanner {
   public:
    explicit scanner(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

    bool is_object()
    {
        skip_space();
        if (!sees('{'))
            return false;
        auto next = expect::value;
        while (next != expect::end) {
            if (next == expect::nothing)
                return false;
            skip_space();
            next = next == expect::value ? value() : next == expect::key ? key() : separator();
        }
        skip_space();
        return at_ == end_;
    }

   private:
    enum class expect { value, key, separator, end, nothing };

    bool sees(char c) const { return at_ != end_ && *at_ == c; }

    bool take(char c)
    {
        if (!sees(c))
            return false;
        ++at_;
        return true;
    }

    void skip_space()
    {
        while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t'))
            ++at_;
    }

    expect value()
    {
        if (at_ == end_)
            return expect::nothing;
        switch (*at_) {
            case '{':
                return open(true);
            case '[':
                return open(false);
            case '"':
                return scalar(string());
            case 't':
                return scalar(word("true"));
            case 'f':
                return scalar(word("false"));
            case 'n':
                return scalar(word("null"));
            default:
                return scalar(number());
        }
    }

    static expect scalar(bool valid) { return valid ? expect::separator : expect::nothing; }

    expect open(bool object)
    {
        ++at_;
        if (levels_ == json_levels_max)
            return expect::nothing;
        object_[levels_++] = object;
        skip_space();
        if (take(object ? '}' : ']'))
            return close();
        return object ? expect::key : expect::value;
    }

    expect close() { return --levels_ == 0 ? expect::end : expect::separator; }

    expect key()
    {
        if (!sees('"') || !string())
            return expect::nothing;
        skip_space();
        return take(':') ? expect::value : expect::nothing;
    }

    expect separator()
    {
        auto const object = object_[levels_ - 1];
        if (take(','))
            return object ? expect::key : expect::value;
        return take(object ? '}' : ']') ? close() : expect::nothing;
    }

    bool word(std::string_view expected)
    {
        if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(expected))
            return false;
        at_ += expected.size();
        return true;
    }

    bool digits()
    {
        auto const* const first = at_;
        while (at_ != end_ && is_digit(*at_))
            ++at_;
        return at_ != first;
    }

    bool number()
    {
        take('-');
        if (!take('0') && !digits())
            return false;
        if (take('.') && !digits())
            return false;
        if (!take('e') && !take('E'))
            return true;
        if (!take('+'))
            take('-');
        return digits();
    }

    bool string()
    {
        ++at_;
        while (at_ != end_) {
            skip_plain();
            if (at_ == end_)
                return false;
            auto const c = *at_++;
            if (c == '"')
                return true;
            if (static_cast<unsigned char>(c) < 0x20 || (c == '\\' && !escape()))
                return false;
        }
        return false;
    }

    // Skips plain characters by eights; near the end of the text, none.
    void skip_plain()
    {
        static_assert(std::endian::native == std::endian::little, "the lowest bit must belong to the first byte");
        for (std::uint64_t eight = 0; end_ - at_ >= 8; at_ += 8) {
            std::memcpy(&eight, at_, 8);
            if (auto const found = specials(eight)) {
                at_ += std::countr_zero(found) / 8;
                return;
            }
        }
    }

    bool escape()
    {
        if (at_ == end_)
            return false;
        auto const c = *at_++;
        if (c != 'u')
            return std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos;
        for (int i = 0; i < 4; ++i, ++at_)
            if (at_ == end_ || hex_digit(static_cast<char>(*at_ >= 'A' && *at_ <= 'F' ? *at_ + 32 : *at_)) < 0)
                return false;
        return true;
    }

    char const* at_;
    char const* const end_;
    std::bitset<json_levels_max> object_;  // of each open level: an object, not an array
    std::size_t levels_ = 0;
};

// Its yes is right, and comes sooner than the scanner's. Its no may be for numbers or escapes that it can't represent.
bool is_parsed_as_object(std::string const& text)
{
    thread_local simdjson::dom::parser parser;
    thread_local auto const allocated = parser.allocate(parsed_bytes_max, json_levels_max);
    // Newer simdjson skips a byte order mark, which RFC 8259 (8.1) forbids to add.
    bool const marked = text.starts_with("\xef\xbb\xbf");
    if (marked || text.size() > parsed_bytes_max || allocated != simdjson::SUCCESS)
        return false;
    simdjson::dom::element root;
    return parser.parse(text).get(root) == simdjson::SUCCESS && root.is_object();
}

}  // namespace

bool is_json_object(std::string const& text)
{
    static_assert(json_padding >= simdjson::SIMDJSON_PADDING);
    return is_parsed_as_object(text) ||
           (simdjson::validate_utf8(text.data(), text.size()) && scanner(text).is_object());
}

}  // namespace bbstream::http
