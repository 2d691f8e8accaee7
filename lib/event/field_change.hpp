// What an update changed: fields of our model by name, before and after.
#pragma once

#include "event/objects.hpp"

#include <cstdint>
#include <string>
#include <variant>

namespace bbstream::event {

// The first alternative is null: unknown, or not there.
using field_value = std::variant<std::monostate, std::string_view, bool, std::uint64_t, actor const*>;

struct field_change {
    std::string_view field;  // as our model calls it: "fullName"
    field_value before;
    field_value after;
};

using field_changes = std::span<field_change const>;

// The first 16 hex digits of the SHA-256 of {field: {new, old}} in canonical JSON (RFC 8785): the part of an id that
// says which change it is. Of texts, truth values and numbers only.
std::string changes_digest(field_changes changes);

}  // namespace bbstream::event
