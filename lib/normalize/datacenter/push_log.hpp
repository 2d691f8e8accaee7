// Data Center's push log, `ref-change-activities`: each change of a ref as the webhook tells it, with who made it and
// when.
#pragma once

#include "normalize/push.hpp"

#include <optional>

namespace bbstream::normalize::datacenter {

struct logged_change {
    push_change change;
    std::optional<micros> at;
    std::optional<event::actor> actor;
};

// Of one of its rows. What can't be read has a flaw.
logged_change read_logged_change(object const& row, arena& memory);

}  // namespace bbstream::normalize::datacenter
