// Lower-case hexadecimal.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bbstream {

std::string to_hex(std::span<unsigned char const> bytes);

// The value of one lower-case hex digit, or -1.
int hex_digit(char c);

}  // namespace bbstream
