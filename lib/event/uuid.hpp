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

uuid uuid5(uuid const& name_space, std::string_view name);

// Lower case, hyphenated, 36 characters, appended.
void append_uuid(std::string& out, uuid const& id);

}  // namespace bbstream::event
