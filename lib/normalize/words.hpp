// The products' words, and what our model calls the same: tables, one for each enumeration.
#pragma once

#include "event/objects.hpp"

#include <algorithm>
#include <span>
#include <string_view>

namespace bbstream::normalize {

struct word {
    std::string_view theirs;
    std::string_view ours;
};

// "unknown" for a word that is not in the table.
inline std::string_view translate(std::span<word const> table, std::string_view theirs)
{
    auto const found =
        std::find_if(table.begin(), table.end(), [&](word const& each) { return each.theirs == theirs; });
    return found == table.end() ? "unknown" : found->ours;
}

// Nothing where they say nothing.
inline event::text translate_some(std::span<word const> table, event::text theirs)
{
    return theirs && !theirs->empty() ? event::text(translate(table, *theirs)) : std::nullopt;
}

}  // namespace bbstream::normalize
