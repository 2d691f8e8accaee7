#include "normalize/ref_rules.hpp"

namespace bbstream::normalize {

ref_decision decide(ref_knowledge const& known, state::head const& before, state::head const& after)
{
    std::uint32_t const n = known.occurrences;
    // A repository's first push is its baseline: whatever the ref was before is where it stood. Later on a ref that
    // was never seen did not exist.
    if (!known.ref && !known.repository)
        return {ref_verdict::genuine, n};
    state::ref_state const absent;
    state::ref_state const& ref = known.ref ? *known.ref : absent;

    if (ref.head == after && n > 0)
        return {ref_verdict::repeat, n - 1};
    if (ref.head == before)
        return {ref_verdict::genuine, n};
    if (n > 0)
        return {ref_verdict::late_repeat, n - 1};
    if (known.ref && after.prefix() == ref.previous)
        return {ref_verdict::late_predecessor, 0};
    bool const joins_known =
        ref.known.contains(before.prefix()) && (ref.head == after || ref.known.contains(after.prefix()));
    return {joins_known ? ref_verdict::late : ref_verdict::gap, 0};
}

state::ref_state after_change(ref_knowledge const& known, ref_verdict verdict, state::head const& before,
                              state::head const& after)
{
    state::ref_state next = known.ref ? *known.ref : state::ref_state();
    next.known.add(before.prefix());
    next.known.add(after.prefix());
    if (verdict == ref_verdict::genuine || verdict == ref_verdict::gap) {
        next.head = after;
        next.previous = before.prefix();
    }
    return next;
}

}  // namespace bbstream::normalize
