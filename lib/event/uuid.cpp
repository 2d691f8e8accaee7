#include "event/uuid.hpp"

#include "event/digest.hpp"

#include <algorithm>

namespace bbstream::event {

uuid uuid5(uuid const& name_space, std::string_view name)
{
    std::string_view const prefix(reinterpret_cast<char const*>(name_space.bytes.data()), name_space.bytes.size());
    auto const digest = sha1(prefix, name);
    uuid id;
    std::copy_n(digest.begin(), id.bytes.size(), id.bytes.begin());
    id.bytes[6] = static_cast<unsigned char>((id.bytes[6] & 0x0f) | 0x50);
    id.bytes[8] = static_cast<unsigned char>((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

void append_uuid(std::string& out, uuid const& id)
{
    static constexpr char digits[] = "0123456789abcdef";
    char text[36];
    std::size_t at = 0;
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            text[at++] = '-';
        text[at++] = digits[id.bytes[i] >> 4];
        text[at++] = digits[id.bytes[i] & 15];
    }
    out.append(text, sizeof text);
}

}  // namespace bbstream::event
