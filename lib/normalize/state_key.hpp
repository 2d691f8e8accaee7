// From names and ids to the keys of the state.
#pragma once

#include "event/digest.hpp"
#include "event/event_id.hpp"
#include "state/key.hpp"

#include <cstring>

namespace bbstream::normalize {

inline state::key state_key(event::fact_name const& name)
{
    return state::make_key(event::sha1(name.text()));
}

inline state::key state_key(event::uuid const& id)
{
    return state::make_key(id.bytes);
}

// Of a key that was made of an id.
inline event::uuid uuid_of(state::key const& key)
{
    event::uuid id;
    std::memcpy(id.bytes.data(), &key.first, sizeof key.first);
    std::memcpy(id.bytes.data() + sizeof key.first, &key.second, sizeof key.second);
    return id;
}

}  // namespace bbstream::normalize
