// The role of bringing events out once more: beside the sink's cursor, which stays where it is.
#pragma once

#include "base/failure.hpp"
#include "event/batch.hpp"

#include <optional>
#include <string>

namespace bbstream::sink {

// Blocking, and used by one thread. A daemon may be filling the sink meanwhile.
class replayer {
   public:
    virtual ~replayer() = default;

    // Once, before the first put(). Errors: unavailable, permanent.
    virtual result<void> open() = 0;

    // All of them, durably, or a failure: then some may be out. Errors: unavailable; permanent: one is refused for
    // good by its content, and refused() says which.
    virtual result<void> put(event::batch const& events) = 0;
    virtual std::optional<event::position> refused() const = 0;

    // Where they go, for people.
    virtual std::string place() const = 0;
};

}  // namespace bbstream::sink
