// The JSON object that stands in the dead-letter topic for what can't be published.
#pragma once

#include "event/batch.hpp"
#include "event/encode.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bbstream::event {

// What can't be done with it.
enum class dead_stage : std::uint8_t { fold, encode, publish };

struct dead_letter_note {
    position at;
    std::string_view key;
    topic bound_for = topic::unknown;
    dead_stage stage = dead_stage::publish;
    std::string_view error;
    std::size_t bytes = 0;     // of what it stands for
    std::string_view content;  // that itself, as text: the event, or the body of a record without events
};

// Says what could not be done (`stage`) and why (`error`), where it was bound for (`topic`), what it was (`sequence`,
// `bytes`, `sha256`, `content`; `bborigin` where `how` has one) and where its record lies (`dataref`:
// bbstream:journal/{identity}/{sequence}). Content over payload_bytes_max is null: only the journal has it, as long as
// it keeps that record.
void append_dead_letter(batch& out, dead_letter_note const& note, encoding const& how);

}  // namespace bbstream::event
