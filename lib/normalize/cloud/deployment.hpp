// Deployments of Bitbucket Pipelines as REST shows them.
#pragma once

#include "event/build.hpp"
#include "normalize/read.hpp"

#include <cstdint>
#include <optional>

namespace bbstream::normalize::cloud {

enum class deployment_stage : std::uint8_t {
    waiting,  // a step that would deploy has not begun
    running,
    ended,
};

struct observed_deployment {
    event::deployment is;
    deployment_stage stage = deployment_stage::waiting;
    std::optional<micros> changed;  // when it last did
};

// Nothing where it has no UUID.
std::optional<observed_deployment> read_observed_deployment(object const& from, arena& memory);
// As it was when it began.
event::deployment as_it_began(event::deployment of);

}  // namespace bbstream::normalize::cloud
