#include "base/crc32c.hpp"

#include <array>
#include <cstring>

namespace bbstream {

namespace {

using byte_table = std::array<std::uint32_t, 256>;

constexpr byte_table make_table()
{
    byte_table table{};
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
// The instruction takes three cycles, but one can begin in each: three runs of bytes go side by side.
constexpr std::size_t run_bytes = 512;

// What a run of zeros makes of a checksum, for each of its bytes; linear, so that the four are added by exclusive or.
constexpr std::array<byte_table, 4> make_run_of_zeros()
{
    std::array<std::uint32_t, 32> of_bit{};
    for (std::size_t bit = 0; bit < of_bit.size(); ++bit) {
        std::uint32_t crc = 1u << bit;
        for (std::size_t i = 0; i < run_bytes; ++i)
            crc = (crc >> 8) ^ table[crc & 0xff];
        of_bit[bit] = crc;
    }
    std::array<byte_table, 4> made{};
    for (std::size_t at = 0; at < 4; ++at)
        for (std::size_t value = 0; value < 256; ++value)
            for (std::size_t bit = 0; bit < 8; ++bit)
                made[at][value] ^= value >> bit & 1 ? of_bit[8 * at + bit] : 0;
    return made;
}

constexpr auto run_of_zeros = make_run_of_zeros();

std::uint64_t skip_run(std::uint64_t crc)
{
    return run_of_zeros[0][crc & 0xff] ^ run_of_zeros[1][crc >> 8 & 0xff] ^ run_of_zeros[2][crc >> 16 & 0xff] ^
           run_of_zeros[3][crc >> 24 & 0xff];
}

std::uint64_t word_at(unsigned char const* bytes)
{
    std::uint64_t word;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

__attribute__((target("sse4.2"))) std::uint32_t hardware(std::uint32_t crc, unsigned char const* bytes,
                                                         std::size_t size)
{
    std::uint64_t wide = crc;
    for (; size >= 3 * run_bytes; size -= 3 * run_bytes, bytes += 3 * run_bytes) {
        std::uint64_t second = 0;
        std::uint64_t third = 0;
        for (std::size_t at = 0; at < run_bytes; at += 8) {
            wide = __builtin_ia32_crc32di(wide, word_at(bytes + at));
            second = __builtin_ia32_crc32di(second, word_at(bytes + run_bytes + at));
            third = __builtin_ia32_crc32di(third, word_at(bytes + 2 * run_bytes + at));
        }
        wide = skip_run(skip_run(wide) ^ second) ^ third;
    }
    for (; size >= 8; size -= 8, bytes += 8)
        wide = __builtin_ia32_crc32di(wide, word_at(bytes));
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
