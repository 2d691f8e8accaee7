#include "hooks/hook.hpp"

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

}  // namespace bbstream::hooks
