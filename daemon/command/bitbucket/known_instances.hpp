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
};

// The environment counts where there is no file in the default place. Errors: those of config::load; invalid where
// there is neither.
result<known_instances> find_instances(std::string const& config_path);

}  // namespace bbstream::command
