// Which one of the instances a command is about.
#pragma once

#include "config/config.hpp"

#include <optional>
#include <string>
#include <vector>

namespace bbstream::command {

struct choice {
    std::optional<config::instance> instance;
    int code = 0;  // why there is none: it has been said
};

// The one of that name, or the only one where the name is empty.
choice choose_instance(std::vector<config::instance> const& among, std::string const& name);

}  // namespace bbstream::command
