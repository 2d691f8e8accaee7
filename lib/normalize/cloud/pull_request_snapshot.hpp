// What the fold remembers of a pull request of Cloud, since `pullrequest:updated` does not say what it updated.
#pragma once

#include "normalize/pull_request_snapshot.hpp"

namespace bbstream::normalize::cloud {

// `pullrequest`, as it was sent and as it was read.
pull_request_snapshot snapshot_of(object const& from, event::pull_request const& of, arena& memory);

}  // namespace bbstream::normalize::cloud
