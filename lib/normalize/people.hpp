// Lists of people in payloads.
#pragma once

#include "normalize/read.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace bbstream::normalize {

// A list is read so far.
inline constexpr std::size_t people_max = 10'000;

// The first `people_max` elements of a list, by `read`; nothing where there is no list.
template <class T, class Read>
std::optional<std::span<T const>> read_people(object const& of, std::string_view name, arena& memory, Read read)
{
    auto const list = array_member(of, name);
    if (!list)
        return std::nullopt;
    auto const people = memory.array<T>(std::min(list->size(), people_max));
    std::size_t found = 0;
    for (element const each : *list) {
        auto const person = as_object(each);
        if (found < people.size() && person)
            people[found++] = read(*person, memory);
    }
    return people.first(found);
}

}  // namespace bbstream::normalize
