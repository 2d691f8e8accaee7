// Which fields of an entity an update changed, where both versions of it are known.
#pragma once

#include "event/field_change.hpp"
#include "normalize/arena.hpp"

#include <optional>
#include <string_view>

namespace bbstream::normalize {

inline event::field_value as_field_value(event::text const& value)
{
    return value ? event::field_value(*value) : event::field_value();
}

inline event::field_value as_field_value(std::optional<bool> value)
{
    return value ? event::field_value(*value) : event::field_value();
}

inline event::field_value as_field_value(event::field_value const& value)
{
    return value;
}

class differences {
   public:
    // Of at most so many fields.
    differences(arena& memory, std::size_t fields_max) : found_(memory.array<event::field_change>(fields_max)) {}

    // Equal sides are left out.
    template <class T>
    void add(std::string_view field, T const& before, T const& after)
    {
        if (before != after)
            found_[count_++] = {field, as_field_value(before), as_field_value(after)};
    }

    event::field_changes all() const { return found_.first(count_); }

   private:
    std::span<event::field_change> found_;
    std::size_t count_ = 0;
};

}  // namespace bbstream::normalize
