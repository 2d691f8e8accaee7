// The table of event types: their names, their CloudEvents types, their schemas, their topics.
#pragma once

#include "event/event.hpp"

#include <string_view>

namespace bbstream::event {

struct type_entry {
    std::string_view name;              // ref.updated
    std::string_view cloudevents_type;  // dev.bbstream.ref.updated.v1
    std::string_view schema;            // names the newest minor version; empty where there is none
    bbstream::event::topic topic;
};

type_entry const& type_of(type which);

}  // namespace bbstream::event
