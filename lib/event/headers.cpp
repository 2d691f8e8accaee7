#include "event/headers.hpp"

#include <algorithm>

namespace bbstream::event {

bool is_printable(std::string_view value)
{
    return std::none_of(value.begin(), value.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool fits_header(std::string_view value)
{
    return value.size() <= header_bytes_max && is_printable(value);
}

void append_header(std::string& out, std::string_view prefix, std::string_view name, std::string_view value)
{
    out.append(prefix).append(name).append(1, '\0').append(value).append(1, '\0');
}

std::string_view header_of(std::string_view headers, std::string_view prefix, std::string_view name)
{
    auto const next = [&headers] {
        auto const piece = headers.substr(0, headers.find('\0'));
        headers.remove_prefix(std::min(piece.size() + 1, headers.size()));
        return piece;
    };
    while (!headers.empty()) {
        auto const found = next();
        auto const value = next();
        if (found.size() == prefix.size() + name.size() && found.starts_with(prefix) && found.ends_with(name))
            return value;
    }
    return {};
}

}  // namespace bbstream::event
