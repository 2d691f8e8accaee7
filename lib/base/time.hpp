// Wall-clock instants as microseconds since 1970-01-01T00:00:00Z, and their RFC 3339 text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bbstream {

using micros = std::int64_t;

// The wall clock now.
micros now_micros();

// "2026-08-24T10:00:00.041000Z": UTC, six fraction digits, 27 characters, appended. Years 0000 to 9999.
void append_rfc3339(std::string& out, micros at);

// Accepts RFC 3339 ("Z", "+00:00") and Data Center's "+0000"; digits past the sixth are cut, not rounded.
std::optional<micros> parse_timestamp(std::string_view text);

}  // namespace bbstream
