// What the fold remembers of a pull request of Data Center: its webhooks say what they change, REST does not.
#pragma once

#include "normalize/pull_request_snapshot.hpp"

namespace bbstream::normalize::datacenter {

// `pullRequest`, as it was sent and as it was read.
pull_request_snapshot snapshot_of(object const& from, event::pull_request const& of, arena& memory);

// Of the pull request of a delivery what it has told.
void remember_as_sent(mapping& in, event::pull_request const& of, std::initializer_list<snapshot_part> told);

}  // namespace bbstream::normalize::datacenter
