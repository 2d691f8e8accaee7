// CRC-32C (Castagnoli, RFC 3720 appendix B.4), in hardware where the processor has it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bbstream {

// Continue a checksum over more bytes; start with 0.
std::uint32_t crc32c(std::uint32_t crc, void const* bytes, std::size_t size);

}  // namespace bbstream
