// The role of reading back what lies in a sink: the cursor, and every event that consumers see.
#pragma once

#include "event/batch.hpp"
#include "sink/mark.hpp"
#include "sink/sink.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::sink {

// What lies in one order of its own: a partition of a topic, or the lines of rotated files.
struct source {
    std::string name;          // as messages call it
    event::topic_set topics;   // whose events come out here
    bool begins_late = false;  // its oldest events may be gone
    // Where the sink itself says it: the event that it begins with, if it begins late. What came before is gone; from
    // there on all is expected.
    std::optional<mark> begins_at{};
};

// The views are valid until the next call for the same source.
struct read_event {
    std::string_view value;
    std::optional<std::string_view> key;      // nothing where the sink keeps none beside the value
    std::optional<std::string_view> headers;  // as event::encoded has them
};

// Blocking, and used by one thread. It locks and changes nothing: a daemon may be filling the sink.
class reader {
   public:
    virtual ~reader() = default;

    // Reads the committed cursor; then every source stands before its first event, and ends no earlier than that
    // cursor. May be called again. Errors: unavailable, permanent.
    virtual result<stored_cursor> open() = 0;

    virtual std::vector<source> const& sources() const = 0;

    // The next event of a source, or nothing at its end. Errors: unavailable, io.
    virtual result<std::optional<read_event>> next(std::size_t source) = 0;
};

}  // namespace bbstream::sink
