#include "hooks/hook.hpp"

#include <algorithm>

namespace bbstream::hooks {

std::string level_text(level of)
{
    switch (of) {
        case level::project:
            return "project";
        case level::workspace:
            return "workspace";
        case level::repository:
            break;
    }
    return "repository";
}

std::string place_text(place const& of)
{
    return of.level == level::repository ? of.owner + '/' + of.slug : level_text(of.level) + ' ' + of.owner;
}

bool is_hook_id(std::string_view id)
{
    constexpr std::size_t size_max = 64;
    constexpr std::string_view others = "-{}";
    return !id.empty() && id.size() <= size_max && std::all_of(id.begin(), id.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               others.find(c) != std::string_view::npos;
    });
}

}  // namespace bbstream::hooks
