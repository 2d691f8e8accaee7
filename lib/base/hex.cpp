#include "base/hex.hpp"

namespace bbstream {

std::string to_hex(std::span<unsigned char const> bytes)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (unsigned char const byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

bool from_hex(std::string_view text, std::span<unsigned char> bytes)
{
    if (text.size() != 2 * bytes.size())
        return false;
    int seen = 0;  // negative as soon as one digit was none
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        int const both = hex_digit(text[2 * at]) * 16 + hex_digit(text[2 * at + 1]);
        seen |= hex_digit(text[2 * at]) | hex_digit(text[2 * at + 1]);
        bytes[at] = static_cast<unsigned char>(both);
    }
    return seen >= 0;
}

}  // namespace bbstream
