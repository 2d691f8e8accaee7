// Pull requests of Bitbucket Cloud, 2015 to 2026.
#pragma once

#include "event/pull_request.hpp"
#include "normalize/read.hpp"

namespace bbstream::normalize::cloud {

// The object `pullrequest`; nothing where it has no id.
event::pull_request const* read_pull_request(object const& from, arena& memory);

// The hash of its `source` or `destination` as ids take it: the 12 digits that every payload has, or what was sent.
event::text head_of(object const& from, std::string_view side, arena& memory);

}  // namespace bbstream::normalize::cloud
