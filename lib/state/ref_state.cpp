#include "state/ref_state.hpp"

#include "base/hex.hpp"

#include <algorithm>
#include <cstring>

namespace bbstream::state {

head head::of_hex(std::string_view hex)
{
    head made;
    made.size_ = static_cast<std::uint8_t>(std::min(hex.size() / 2, made.bytes_.size()));
    for (std::size_t at = 0; at < made.size_; ++at)
        made.bytes_[at] = static_cast<unsigned char>(hex_digit(hex[2 * at]) << 4 | hex_digit(hex[2 * at + 1]));
    return made;
}

head head::of_digest(std::array<unsigned char, 16> const& digest)
{
    return of_bytes(digest.size(), digest.data());
}

head head::of_bytes(std::size_t size, unsigned char const* bytes)
{
    head made;
    made.size_ = static_cast<std::uint8_t>(std::min(size, made.bytes_.size()));
    std::copy_n(bytes, made.size_, made.bytes_.begin());
    return made;
}

std::uint64_t head::prefix() const
{
    std::uint64_t prefix;
    std::memcpy(&prefix, bytes_.data(), sizeof prefix);
    return prefix;
}

}  // namespace bbstream::state
