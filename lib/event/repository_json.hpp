// Projects as JSON, where an event is about them.
#pragma once

#include "event/data_writer.hpp"

namespace bbstream::event {

// A value; at `pointer` in the event's data. Null where there is none.
void write_project_entity(data_writer& into, project_entity const* what, std::string_view pointer);

}  // namespace bbstream::event
