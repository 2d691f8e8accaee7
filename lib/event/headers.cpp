#include "event/headers.hpp"

#include <algorithm>

namespace bbstream::event {

bool fits_header(std::string_view value)
{
    return value.size() <= header_bytes_max && std::none_of(value.begin(), value.end(), [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
           });
}

void append_header(std::string& out, std::string_view prefix, std::string_view name, std::string_view value)
{
    out.append(prefix).append(name).append(1, '\0').append(value).append(1, '\0');
}

}  // namespace bbstream::event
