// What it means that REST shows a ref at some commit, or does not show it: a pure decision.
//
// An answer of REST is an observation, never a transition. Webhooks may be on their way and answers may be stale, so a
// difference counts only when a later look still sees it.
#pragma once

#include "state/bounds.hpp"
#include "state/reconciliation.hpp"
#include "state/ref_state.hpp"

#include <cstdint>

namespace bbstream::normalize {

enum class sight : std::uint8_t {
    baseline,  // where it stands at first sight: no news
    same,      // as it is known
    passed,    // a record that came after the request has moved it: the answer is old
    doubted,   // otherwise than it is known; another look will tell
    believed,  // seen otherwise for long enough: it has moved, and nobody told
};

// How it was looked.
struct sighting {
    std::uint64_t asof = 0;  // the journal's sequence when the request was sent
    state::seconds at = 0;   // when the answer came
    state::seconds grace = 0;
    bool sure = true;  // of its own: that a list lacks it is no more than a hint
};

struct sight_knowledge {
    state::ref_state const* ref = nullptr;  // nothing: it was never seen
    bool baseline = false;                  // the repository has one: what was never seen did not exist
    state::doubt const* doubt = nullptr;    // of this ref, from former looks
};

// Looks that are needed, the first one included; one more where the ref is seen where it stood before, since an answer
// that is old enough shows just that.
inline constexpr unsigned looks_needed = 2;
inline constexpr unsigned looks_needed_backwards = 3;

// `seen`: none where it is not there.
sight judge(sight_knowledge const& known, state::head const& seen, sighting const& how);

}  // namespace bbstream::normalize
