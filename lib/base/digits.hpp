// Decimal numbers of a fixed width.
#pragma once

#include <cstdint>
#include <string>

namespace bbstream {

// The last `width` digits (20 at most), with zeros in front, appended.
void append_padded(std::string& out, std::uint64_t value, int width);

}  // namespace bbstream
