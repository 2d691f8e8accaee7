// Values with units: "7d", "20GiB".
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bbstream::config {

// One or more whole numbers with ms, s, m, h, d or w: "30s", "1h30m". Nothing for other texts and beyond 100 years.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

// A whole number with B, KiB, MiB, GiB, TiB, or the decimal kB, MB, GB, TB. Nothing for other texts and beyond 2^62.
std::optional<std::uint64_t> parse_size(std::string_view text);

// The shortest text that parses to the value: "5m", "20GiB".
std::string duration_text(std::chrono::milliseconds value);
std::string size_text(std::uint64_t bytes);

}  // namespace bbstream::config
