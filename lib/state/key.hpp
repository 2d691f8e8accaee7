// What the fold's state is looked up by: 128 bits of a SHA-1, so that no two facts share one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace bbstream::state {

struct key {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    friend bool operator==(key const&, key const&) = default;
};

// Of the first 16 bytes of a digest or a UUID.
inline key make_key(std::span<unsigned char const> digest)
{
    key made;
    std::memcpy(&made.first, digest.data(), sizeof made.first);
    std::memcpy(&made.second, digest.data() + sizeof made.first, sizeof made.second);
    return made;
}

}  // namespace bbstream::state
