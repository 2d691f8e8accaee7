// The sink's role: where events come out.
#pragma once

#include "base/failure.hpp"
#include "event/batch.hpp"
#include "journal/journal.hpp"

#include <cstdint>
#include <optional>

namespace bbstream::sink {

// How far a journal is published. `epoch` begins at 1 and grows when a journal of another identity takes over.
struct cursor {
    journal::identity journal{};
    std::uint32_t epoch = 1;
    std::uint64_t sequence = 0;
    friend bool operator==(cursor const&, cursor const&) = default;
};

// None: the sink has never seen an event of this node.
using stored_cursor = std::optional<cursor>;

// Whether both speak of the same sequences.
inline bool same_log(cursor const& a, cursor const& b)
{
    return a.journal == b.journal && a.epoch == b.epoch;
}

// Blocking, and used by one thread at a time. Every call has a bound in time of its own.
class sink {
   public:
    virtual ~sink() = default;

    // Connects (again), ends what a predecessor left open, and reads the committed cursor back. Called at the start
    // and after each failure; any number of times. Events beyond the cursor that are out nevertheless are the sink's to
    // leave out when they are published again.
    // Errors: unavailable (try again), permanent (the operator must act), conflict (another daemon serves ours).
    virtual result<stored_cursor> open() = 0;

    // Brings the events and the cursor out as one step, or fails; after a failure it is unknown whether it took
    // place, and only open() can tell. `events` may be empty: then only the cursor moves.
    // Errors: unavailable: open() again and repeat what the cursor says is missing;
    //         permanent: an event was refused for good by its content; refused() says which.
    virtual result<void> publish(event::batch const& events, cursor const& next) = 0;

    // Of what publish() reported as done up to `published`, this much survives a power cut; the rest survives only the
    // end of the process. Checkpoints and the journal may follow no further than this.
    virtual std::uint64_t durable_through(cursor const& published) const { return published.sequence; }

    // Makes all of it durable: called when nothing has come for about a second, and before the end. Errors:
    // unavailable.
    virtual result<void> flush() { return {}; }

    // After a permanent failure of publish(): the event that was refused.
    virtual std::optional<event::position> refused() const = 0;
};

}  // namespace bbstream::sink
