// Data Center's `repo:refs_changed`: an element of changes[] for each ref; one list of commits for all of them.
#pragma once

#include "normalize/push.hpp"

namespace bbstream::normalize::datacenter {

// One of them by itself.
void read_ref_change(object const& from, arena& memory, push_change& into);

// `changes`, which a mirror's synchronization has too.
void read_ref_changes(object const& body, arena& memory, push& into);

void read_refs_changed(object const& body, arena& memory, push& into);

}  // namespace bbstream::normalize::datacenter
