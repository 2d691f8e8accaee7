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

int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

bool from_hex(std::string_view text, std::span<unsigned char> bytes)
{
    if (text.size() != 2 * bytes.size())
        return false;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        int const high = hex_digit(text[2 * at]);
        int const low = hex_digit(text[2 * at + 1]);
        if (high < 0 || low < 0)
            return false;
        bytes[at] = static_cast<unsigned char>(high << 4 | low);
    }
    return true;
}

}  // namespace bbstream
