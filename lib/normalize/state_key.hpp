// From names and ids to the keys of the state.
#pragma once

#include "event/digest.hpp"
#include "event/event_id.hpp"
#include "state/key.hpp"

namespace bbstream::normalize {

inline state::key state_key(event::fact_name const& name)
{
    return state::make_key(event::sha1(name.text()));
}

inline state::key state_key(event::uuid const& id)
{
    return state::make_key(id.bytes);
}

}  // namespace bbstream::normalize
