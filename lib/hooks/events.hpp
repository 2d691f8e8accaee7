// The events that a hook of ours is subscribed to: all that the platform sends and bbstream types.
#pragma once

#include "base/product.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::hooks {

// Of Cloud. `offered`: what the service says that hooks of this level may have; where it says nothing, what it is known
// to take.
std::vector<std::string> cloud_events(std::span<std::string const> offered);

// Of Data Center, which refuses a hook with an event that it does not know. `version`: the server's, such as "8.19.3";
// one that can't be read is taken for a new one.
std::vector<std::string> datacenter_events(std::string_view version);

}  // namespace bbstream::hooks
