// A plan for hooks as people and programs read it.
#pragma once

#include "hooks/sync.hpp"

namespace bbstream::command {

// A line a step, without hooks that stay as they are.
std::string plan_table(hooks::plan const& of);
// "2 to create, 40 as they should be, ..."; with what came of it: "2 done, ...".
std::string plan_summary(hooks::plan const& of, hooks::tally const* came);

struct step_fate {
    bool tried = false;                // it was to be done
    std::optional<failure> failed;     // why it is not
    std::optional<micros> secret_set;  // when the hook got its secret, as far as that is remembered
};

// One line.
std::string step_json(hooks::step const& of, step_fate const& came);

}  // namespace bbstream::command
