// Refs that REST shows otherwise than they are known, for whoever asks how they came there.
#pragma once

#include "state/reconciliation.hpp"
#include "state/shard.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bbstream::normalize {

struct doubted_ref {
    std::string name;
    state::head stands;  // as it is known
    state::head seen;
    state::seconds known_at = 0;  // it is known to have come there by then; 0: that can't be said
};

// Those of a repository, in order of their names. Where webhooks have led one to where it is seen it is in doubt no
// more.
std::vector<doubted_ref> doubted_refs(state::shard& in, state::reconciliation const& of, std::string_view instance,
                                      std::string_view repository);

}  // namespace bbstream::normalize
