// The target of a pull request that became another.
#pragma once

#include "event/pull_request.hpp"
#include "normalize/mapping.hpp"

namespace bbstream::normalize::datacenter {

struct target {
    event::text ref;  // refs/heads/main
    event::hash head;
};

// `previousTarget`, else as much as `previousToHash` tells.
target former_target(object const& body, arena& memory);

void add_target_updated(mapping& in, event::pull_request const& of, target const& before);

}  // namespace bbstream::normalize::datacenter
