// What replaces an event that a sink refuses for good, so that neither it nor those behind it are lost silently.
#pragma once

#include "event/batch.hpp"
#include "event/encode.hpp"

#include <string_view>

namespace bbstream::flow {

// The same events but for the one at `refused`: a dead letter under its key and position stands for it.
void replace_by_dead_letter(event::batch& events, event::position refused, event::encoding const& how,
                            std::string_view why);

}  // namespace bbstream::flow
