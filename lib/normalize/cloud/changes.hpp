// `changes` of Cloud's updates: {field: {old, new}}.
#pragma once

#include "event/field_change.hpp"
#include "normalize/read.hpp"

#include <span>

namespace bbstream::normalize::cloud {

// A field as Cloud calls it, as our model does, and how a value of it is read.
struct changed_field {
    std::string_view theirs;
    std::string_view ours;
    event::field_value (*read)(element const& value, arena& memory);
};

// Those of the table, equal sides left out. Of several rows of one field of ours the first that was sent counts.
event::field_changes read_changes(object const& changes, std::span<changed_field const> table, arena& memory);

// When the change was made, where it says so.
std::optional<micros> time_of_changes(object const& changes);

// What a field was before them, if it is `now`.
event::text text_before(event::field_changes changes, std::string_view field, event::text now);
std::optional<bool> truth_before(event::field_changes changes, std::string_view field, std::optional<bool> now);

// Readers for tables: of a text, of a truth value, and of the id of an account or project. What is of another type is
// nothing.
event::field_value read_text(element const& value, arena& memory);
event::field_value read_truth(element const& value, arena& memory);
event::field_value read_identity(element const& value, arena& memory);

}  // namespace bbstream::normalize::cloud
