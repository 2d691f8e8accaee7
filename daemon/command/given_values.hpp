// What holds of every value that an option or argument is given.
#pragma once

#include <optional>
#include <span>
#include <string>

namespace CLI {
class App;
}

namespace bbstream::command {

// Refuses empty ones, of all commands: they mostly come of a variable that is not set, and would mean anything else.
// After all options are there.
void refuse_empty_values(CLI::App& program);

// What is wrong with the first "--option=", if there is one: the parser would take the next argument for its value.
std::optional<std::string> find_empty_value(std::span<char* const> arguments);

}  // namespace bbstream::command
