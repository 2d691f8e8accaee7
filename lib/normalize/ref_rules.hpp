// What a ref change is, seen from what is known of its ref: a pure decision.
//
// Repeats (retries, second hooks), late deliveries and gaps are told apart by the ref's head and by how often the same
// change was counted, as the rules for event ids say (the documents call them rules 1 to 4; rule 1 is retries.hpp), and
// by when they happened, where the product tells. A change that follows on from the head is the next one even if it is
// told for the second that the same change was counted in: scripts move a ref there and back faster than that.
#pragma once

#include "state/bounds.hpp"
#include "state/ref_state.hpp"

#include <cstdint>

namespace bbstream::normalize {

enum class ref_verdict : std::uint8_t {
    genuine,           // it moves the head on
    repeat,            // it is what moved the head here: nothing new
    late_repeat,       // it was counted before, and the head has gone on since: nothing new
    late_predecessor,  // it led to where the last move began, and comes after it
    late,              // it joins heads that were known, and comes after a later one
    gap,               // something before it is missing; the head moves all the same
};

// Whether a change is, by the time that the product tells of it, one of those that were counted.
enum class ref_timing : std::uint8_t { unknown, counted, another };

struct ref_decision {
    ref_verdict verdict = ref_verdict::genuine;
    std::uint32_t occurrence = 0;  // which one of the same change it is

    bool is_new() const { return verdict != ref_verdict::repeat && verdict != ref_verdict::late_repeat; }
};

// What is known before the change.
struct ref_knowledge {
    state::ref_state const* ref = nullptr;  // nothing: it was never seen
    bool repository = false;                // the repository has its baseline
    std::uint32_t occurrences = 0;          // of this very change
    ref_timing timing = ref_timing::unknown;
    state::seconds told = 0;     // when the change happened, where the product tells
    std::uint64_t record = 0;    // the sequence of the one that tells of the change
    bool reconstructed = false;  // a change from the same head was once found by looking
};

ref_decision decide(ref_knowledge const& known, state::head const& before, state::head const& after);

// The ref's state after a decision that is_new().
state::ref_state after_change(ref_knowledge const& known, ref_verdict verdict, state::head const& before,
                              state::head const& after);

}  // namespace bbstream::normalize
