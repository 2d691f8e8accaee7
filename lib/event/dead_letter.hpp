// The small JSON object that stands in the dead-letter topic for what can't be published.
#pragma once

#include "event/batch.hpp"
#include "event/encode.hpp"

#include <cstddef>
#include <string_view>

namespace bbstream::event {

struct dead_letter_note {
    position at;
    std::string_view key;
    topic bound_for = topic::unknown;
    std::string_view error;
    std::size_t bytes = 0;  // of what it stands for
};

// Says why (`error`), where it was bound for (`topic`), what it was (`sequence`, `bytes`) and where its record lies
// (`dataref`: bbstream:journal/{identity}/{sequence}).
void append_dead_letter(batch& out, dead_letter_note const& note, encoding const& how);

}  // namespace bbstream::event
