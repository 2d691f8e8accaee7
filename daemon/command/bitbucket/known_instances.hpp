// The instances that commands may speak to: those of the configuration, or the one that the environment describes.
#pragma once

#include "base/failure.hpp"
#include "config/config.hpp"

#include <optional>
#include <string>
#include <vector>

namespace bbstream::command {

struct known_instances {
    std::vector<config::instance> all;
    std::optional<config::config> file;  // none: from the environment

    // Where tokens of people are kept.
    config::state state() const;
};

// The environment counts where there is no file in the default place. Errors: those of config::load; invalid where
// there is neither.
result<known_instances> find_instances(std::string const& config_path);

// In the environment nothing says whether a person or Cloud's client itself is meant: a person once one has logged in.
// For what uses the credential; a login goes without.
void use_client_until_login(known_instances& known);

}  // namespace bbstream::command
