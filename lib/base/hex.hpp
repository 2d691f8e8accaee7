// Lower-case hexadecimal.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace bbstream {

std::string to_hex(std::span<unsigned char const> bytes);

// The value of one lower-case hex digit, or -1.
int hex_digit(char c);

// Fills the bytes from exactly twice as many digits; false if the text is anything else.
bool from_hex(std::string_view text, std::span<unsigned char> bytes);

}  // namespace bbstream
