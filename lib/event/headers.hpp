// Kafka headers as event::encoded has them: name NUL value NUL, again and again.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bbstream::event {

inline constexpr std::size_t header_bytes_max = 1024;  // a longer value stays out of the headers

// A value without control characters: a NUL would end it.
bool is_printable(std::string_view value);
// Such a value, and not too long.
bool fits_header(std::string_view value);

// The name is `prefix` and `name`.
void append_header(std::string& out, std::string_view prefix, std::string_view name, std::string_view value);

// The value of that name among `headers`; empty where there is none.
std::string_view header_of(std::string_view headers, std::string_view prefix, std::string_view name);

}  // namespace bbstream::event
