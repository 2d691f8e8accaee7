// The `sequence` attribute of an event, read back from its line: the order of all lines of a sink.
#pragma once

#include "event/batch.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bbstream::sink {

struct mark {
    std::uint32_t epoch = 0;
    event::position position;
    friend auto operator<=>(mark const&, mark const&) = default;
};

// Its 31 characters: "0001.0000000000000001042.000003".
std::string mark_text(mark const& from);
std::optional<mark> parse_mark(std::string_view text);

// The mark of a whole line without its line break, or nothing if it is not one JSON object on one line, as far as that
// shows without parsing it, or has no `sequence`.
std::optional<mark> mark_of_line(std::string_view line);

}  // namespace bbstream::sink
