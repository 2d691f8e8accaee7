// Base64 with padding (RFC 4648 section 4).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bbstream::event {

constexpr std::size_t base64_size(std::size_t bytes)
{
    return (bytes + 2) / 3 * 4;
}

void append_base64(std::string& out, std::string_view bytes);

}  // namespace bbstream::event
