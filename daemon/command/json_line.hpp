// What --json prints of one thing.
#pragma once

#include "daemon/command/terminal.hpp"
#include "event/json_object.hpp"

#include <string>

namespace bbstream::command {

// The object whose members `write` writes, harmless for a terminal, with a line break.
template <class Write>
std::string json_line(Write write)
{
    return harmless_json(event::object_of(write)) + '\n';
}

}  // namespace bbstream::command
