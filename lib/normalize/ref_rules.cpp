#include "normalize/ref_rules.hpp"

#include <algorithm>

namespace bbstream::normalize {

namespace {

// Than the ref's last move, by more than what clocks may differ.
bool is_older(ref_knowledge const& known)
{
    return known.ref && known.told != 0 && known.told + state::occurrence_tolerance < known.ref->moved;
}

}  // namespace

ref_decision decide(ref_knowledge const& known, state::head const& before, state::head const& after)
{
    std::uint32_t const n = known.occurrences;
    // A repository's first push is its baseline: whatever the ref was before is where it stood. Later on a ref that
    // was never seen did not exist.
    if (!known.ref && !known.repository)
        return {ref_verdict::genuine, n};
    state::ref_state const absent;
    state::ref_state const& ref = known.ref ? *known.ref : absent;

    bool const counted = n > 0 && known.timing != ref_timing::another;
    if (counted && known.timing == ref_timing::counted && known.told < ref.moved)
        return {ref_verdict::late_repeat, n - 1};
    if (counted && ref.head == after)
        return {ref_verdict::repeat, n - 1};
    if (ref.head == before)
        return {ref_verdict::genuine, n};
    if (counted)
        return {ref_verdict::late_repeat, n - 1};
    if (n > 0)
        return {is_older(known) ? ref_verdict::late : ref_verdict::gap, n};
    if (known.ref && after.prefix() == ref.previous)
        return {ref_verdict::late_predecessor, 0};
    bool const joins_known =
        ref.known.contains(before.prefix()) && (ref.head == after || ref.known.contains(after.prefix()));
    return {joins_known || known.reconstructed ? ref_verdict::late : ref_verdict::gap, 0};
}

state::ref_state after_change(ref_knowledge const& known, ref_verdict verdict, state::head const& before,
                              state::head const& after)
{
    state::ref_state next = known.ref ? *known.ref : state::ref_state();
    next.known.add(before.prefix());
    next.known.add(after.prefix());
    if (verdict == ref_verdict::genuine || (verdict == ref_verdict::gap && !is_older(known))) {
        next.head = after;
        next.previous = before.prefix();
        next.moved = std::max(next.moved, known.told);
        next.record = known.record;
    }
    return next;
}

}  // namespace bbstream::normalize
