// Cloud's pull requests show 12 digits of their hashes; the refs that they are about are known in full from pushes.
#pragma once

#include "event/pull_request.hpp"
#include "normalize/mapping.hpp"

namespace bbstream::normalize::cloud {

// The same, with the hashes in full of the refs of this repository that are known to stand where it shows them.
event::pull_request const* with_whole_hashes(mapping const& in, event::pull_request const& of);

}  // namespace bbstream::normalize::cloud
