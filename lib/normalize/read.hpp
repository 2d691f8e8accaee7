// Reading members that may come in any order, be absent, null or of another type: whatever is not there is nothing.
#pragma once

#include "base/time.hpp"
#include "event/objects.hpp"
#include "normalize/arena.hpp"

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace bbstream::normalize {

using object = simdjson::dom::object;
using array = simdjson::dom::array;
using element = simdjson::dom::element;

std::optional<element> member(object const& of, std::string_view name);
std::optional<object> object_member(object const& of, std::string_view name);
std::optional<array> array_member(object const& of, std::string_view name);
event::text text_member(object const& of, std::string_view name);
std::optional<bool> bool_member(object const& of, std::string_view name);

std::optional<object> as_object(element const& what);
event::text as_text(element const& what);

// A text that is not empty.
event::text filled_member(object const& of, std::string_view name);

// An opaque id: a text that is not empty, or an integer in decimal.
event::text id_member(object const& of, std::string_view name, arena& memory);

// A number that counts or that people say: whole, from 0 to 2^53, or its text in decimal.
std::optional<std::uint64_t> parse_number(std::string_view text);
std::optional<std::uint64_t> number_member(object const& of, std::string_view name);

// A Cloud UUID in its canonical form: without braces, lower case; nothing where nothing is left of it.
event::text canonical_uuid(std::string_view text, arena& memory);
event::text uuid_member(object const& of, std::string_view name, arena& memory);

// Milliseconds since 1970 (as a number or its text), or ISO 8601 with any offset. Within the years 0 to 9999.
std::optional<micros> time_member(object const& of, std::string_view name);

// links.NAME.href, and where links.NAME is a list, of its first element.
event::text link_member(object const& of, std::string_view name);

}  // namespace bbstream::normalize
