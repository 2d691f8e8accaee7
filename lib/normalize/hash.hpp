// Hashes of commits and tag objects, as ids and as data take them.
#pragma once

#include "event/objects.hpp"
#include "normalize/read.hpp"

#include <span>
#include <string_view>

namespace bbstream::normalize {

// The absent side of a ref change, as ids take it.
inline constexpr std::string_view no_hash = "0000000000000000000000000000000000000000";

struct hash_forms {
    std::string_view id;    // lower case if it is 40 or 64 hex digits, else as sent
    event::text sha;        // 40 or 64 hex digits
    event::text short_sha;  // its first 12, or those of a shorter hash that has so many
};

hash_forms forms_of_hash(std::string_view sent, arena& memory);

// A member that holds a hash, as data takes it; zeros are none.
event::hash hash_member(simdjson::dom::object const& of, std::string_view name, arena& memory);

// Member `hash_name` of each object of the list `name`; elements without one are left out.
std::span<std::string_view const> hash_list(simdjson::dom::object const& of, std::string_view name,
                                            std::string_view hash_name, arena& memory);

bool is_hex(std::string_view text);        // lower-case hex digits only
bool is_full_hash(std::string_view hash);  // 40 or 64 lower-case hex digits
bool is_zero_hash(std::string_view hash);  // 40 or 64 zeros

}  // namespace bbstream::normalize
