// UUIDs, and their name-based version 5 (RFC 9562 section 5.5).
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace bbstream::event {

struct uuid {
    std::array<unsigned char, 16> bytes{};
    friend bool operator==(uuid const&, uuid const&) = default;
};

// NAMESPACE_URL of RFC 9562 section 6.6.
inline constexpr uuid namespace_url{
    {0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}};

uuid uuid5(uuid const& name_space, std::string_view name);

// Lower case, hyphenated, 36 characters, appended.
void append_uuid(std::string& out, uuid const& id);

}  // namespace bbstream::event
