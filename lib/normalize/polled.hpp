// Whether REST can be asked for what a webhook lacks. The fold may not look into the configuration, which may be
// another when the journal is folded again: the record says it.
#pragma once

#include "journal/record.hpp"

#include <string_view>

namespace bbstream::normalize {

// Added to what is journaled of a delivery to an instance that is not polled.
inline constexpr std::string_view unpolled_header = "x-bbstream-polled:no\n";

inline bool is_polled(journal::record const& of)
{
    return journal::header_value(of.headers, "x-bbstream-polled") != "no";
}

}  // namespace bbstream::normalize
