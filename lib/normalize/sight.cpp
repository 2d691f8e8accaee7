#include "normalize/sight.hpp"

namespace bbstream::normalize {

namespace {

bool has_stood_there(state::ref_state const* ref, state::head const& seen)
{
    return ref && !seen.none() && ref->known.contains(seen.prefix());
}

}  // namespace

sight judge(sight_knowledge const& known, state::head const& seen, sighting const& how)
{
    if (!known.ref && !known.baseline)
        return sight::baseline;
    auto const stands = known.ref ? known.ref->head : state::head();
    if (stands == seen)
        return sight::same;
    if (known.ref && known.ref->record > how.asof)
        return sight::passed;
    if (!how.sure || !known.doubt || known.doubt->seen != seen)
        return sight::doubted;
    unsigned const needed = has_stood_there(known.ref, seen) ? looks_needed_backwards : looks_needed;
    bool const waited = how.at >= known.doubt->since && how.at - known.doubt->since >= how.grace;
    return waited && known.doubt->looks + 1u >= needed ? sight::believed : sight::doubted;
}

}  // namespace bbstream::normalize
