#include "normalize/requests.hpp"

#include "base/hex.hpp"

#include <array>
#include <string>

namespace bbstream::normalize {

state::key key_of_text(std::string_view id)
{
    std::string digits;
    for (char const each : id)
        if (each != '-')
            digits += each;
    std::array<unsigned char, 16> bytes{};
    return from_hex(digits, bytes) ? state::make_key(bytes) : state::key();
}

state::key cause_of(state::request const& of)
{
    bool const lists_too_little = of.kind == state::request_kind::truncated || of.kind == state::request_kind::unlisted;
    return lists_too_little || !of.has_gap() ? of.change : of.gap;
}

}  // namespace bbstream::normalize
