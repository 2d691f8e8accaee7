// Which repositories an instance's projects, include and exclude choose.
#pragma once

#include "config/config.hpp"

#include <string_view>

namespace bbstream::hooks {

// A shell's pattern: * is any text, also across a slash, ? any one character; everything else is itself.
bool matches_glob(std::string_view pattern, std::string_view text);

// `name`: WORKSPACE/SLUG or PROJECT/SLUG; `project`: the key of its project. Case does not matter, as in Bitbucket.
bool is_selected(config::instance const& by, std::string_view name, std::string_view project);

}  // namespace bbstream::hooks
