// Reading lines back after a crash: which of them are whole.
#pragma once

#include "base/failure.hpp"
#include "sink/mark.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace bbstream::sink {

struct line_range {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

// What lines must be like to be ours: of this epoch, each after the one before it, the first one after `after`.
struct expected_lines {
    std::optional<std::uint32_t> epoch;
    std::optional<mark> after;
};

struct whole_lines {
    std::uint64_t end = 0;  // just after the last whole line
    std::optional<mark> first;
    std::optional<mark> last;
};

// Stops at the first line that is torn, garbage or not as expected. Errors: unavailable when reading fails.
result<whole_lines> scan_lines(int file, std::string const& path, line_range range, expected_lines const& expected);

// The mark of a file's first line. Errors: as above.
result<std::optional<mark>> first_mark(int file, std::string const& path);

// Writes what lies in a range over itself. A sync that failed may have left the kernel's pages clean though they never
// reached the disk; afterwards they are dirty again. Errors: unavailable.
result<void> write_again(int file, std::string const& path, line_range range);

}  // namespace bbstream::sink
