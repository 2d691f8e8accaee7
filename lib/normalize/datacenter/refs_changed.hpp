// Data Center's `repo:refs_changed`: an element of changes[] for each ref; one list of commits for all of them.
#pragma once

#include "normalize/push.hpp"

namespace bbstream::normalize::datacenter {

void read_refs_changed(object const& body, arena& memory, push& into);

}  // namespace bbstream::normalize::datacenter
