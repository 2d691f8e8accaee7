// Lower-case hexadecimal.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace bbstream {

std::string to_hex(std::span<unsigned char const> bytes);

// By table, since which of the two ranges a digit of a hash is in can't be foretold by a processor.
inline constexpr std::array<std::int8_t, 256> hex_digits = [] {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (int value = 0; value < 16; ++value)
        values[static_cast<unsigned char>("0123456789abcdef"[value])] = static_cast<std::int8_t>(value);
    return values;
}();

// The value of one lower-case hex digit, or -1.
inline int hex_digit(char c)
{
    return hex_digits[static_cast<unsigned char>(c)];
}

// Fills the bytes from exactly twice as many digits; false if the text is anything else.
bool from_hex(std::string_view text, std::span<unsigned char> bytes);

}  // namespace bbstream
