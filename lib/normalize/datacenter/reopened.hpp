// Pull requests that are open again. Data Center says so by no event: only a later payload shows it.
#pragma once

#include "event/pull_request.hpp"
#include "normalize/mapping.hpp"

namespace bbstream::normalize::datacenter {

void remember_declined(mapping& in, event::pull_request const& of);

// The event, if the pull request is open at a version above that at which it was declined. Whether it is.
bool add_reopened(mapping& in, event::pull_request const& of);

}  // namespace bbstream::normalize::datacenter
