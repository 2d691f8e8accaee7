// Which repositories an instance's projects, include and exclude choose. Case does not matter, as it does not to
// Bitbucket.
#pragma once

#include "config/config.hpp"

#include <string_view>

namespace bbstream::config {

// A shell's pattern: * is any text, also across a slash, ? any one character; everything else is itself.
bool matches_glob(std::string_view glob, std::string_view text);

// Whether include and exclude choose it. `full_name`: WORKSPACE/SLUG or PROJECT/SLUG.
bool is_selected(instance const& by, std::string_view full_name);

// Whether projects chooses what is in the project with this key.
bool is_in_projects(instance const& by, std::string_view key);

}  // namespace bbstream::config
