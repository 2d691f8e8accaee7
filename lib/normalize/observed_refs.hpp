// Branches and tags as either product's REST API lists them.
#pragma once

#include "base/product.hpp"
#include "normalize/read.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace bbstream::normalize {

inline constexpr std::string_view branch_prefix = "refs/heads/";
inline constexpr std::string_view tag_prefix = "refs/tags/";

struct observed_ref {
    event::ref ref;
    std::string_view hash;    // as ids take it
    bool is_default = false;  // the default branch; Cloud does not tell it here
};

// A ref by its full name.
event::ref ref_of_name(std::string_view full);

// One branch or tag; nothing where it lacks its name or its hash. Without a `prefix` it says itself which of them it
// is.
std::optional<observed_ref> read_observed_ref(product platform, object const& from, event::text prefix, arena& memory);

// Those of a page. What can't be read is left out.
std::span<observed_ref const> read_observed_refs(product platform, object const& page, event::text prefix,
                                                 arena& memory);

}  // namespace bbstream::normalize
