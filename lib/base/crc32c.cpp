#include "base/crc32c.hpp"

#include <array>
#include <cstring>

namespace bbstream {

namespace {

constexpr std::array<std::uint32_t, 256> make_table()
{
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t crc = i;
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) ? 0x82f63b78u : 0u);
        table[i] = crc;
    }
    return table;
}

constexpr auto table = make_table();

std::uint32_t portable(std::uint32_t crc, unsigned char const* bytes, std::size_t size)
{
    while (size-- > 0)
        crc = (crc >> 8) ^ table[(crc ^ *bytes++) & 0xff];
    return crc;
}

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) std::uint32_t hardware(std::uint32_t crc, unsigned char const* bytes,
                                                         std::size_t size)
{
    std::uint64_t wide = crc;
    for (; size >= 8; size -= 8, bytes += 8) {
        std::uint64_t word;
        std::memcpy(&word, bytes, 8);
        wide = __builtin_ia32_crc32di(wide, word);
    }
    crc = static_cast<std::uint32_t>(wide);
    while (size-- > 0)
        crc = __builtin_ia32_crc32qi(crc, *bytes++);
    return crc;
}

bool const has_hardware = __builtin_cpu_supports("sse4.2");
#endif

}  // namespace

std::uint32_t crc32c(std::uint32_t crc, void const* bytes, std::size_t size)
{
    auto const* data = static_cast<unsigned char const*>(bytes);
    crc = ~crc;
#if defined(__x86_64__)
    if (has_hardware)
        return ~hardware(crc, data, size);
#endif
    return ~portable(crc, data, size);
}

}  // namespace bbstream
