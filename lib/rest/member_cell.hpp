// Cells as columns mostly are: of one member, however deep. cell_at<text_cell, "project", "key"> reads project.key.
#pragma once

#include "rest/json.hpp"
#include "rest/row.hpp"

#include <cstddef>
#include <string_view>

namespace bbstream::rest {

// The name of a member, as an argument of a template.
template <std::size_t Size>
struct member_key {
    char text[Size]{};

    consteval member_key(char const (&name)[Size])  // NOLINT(google-explicit-constructor): it is written as a literal
    {
        for (std::size_t at = 0; at < Size; ++at)
            text[at] = name[at];
    }
    constexpr std::string_view view() const { return {text, Size - 1}; }
};

template <cell (*Read)(json const&), member_key... Path>
cell cell_at(json const& of)
{
    json found = of;
    ((found = found[Path.view()]), ...);
    return Read(found);
}

// Where a product does not tell it.
inline cell no_cell(json const&)
{
    return {};
}

}  // namespace bbstream::rest
