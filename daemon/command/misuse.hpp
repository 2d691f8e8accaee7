// What to say to arguments that can't be understood.
#pragma once

#include <optional>
#include <span>
#include <string>

namespace CLI {
class App;
}

namespace bbstream::command {

// One line on standard error: what is wrong, and which --help to read. `why` is the parser's own word, used where there
// is no better one; `arguments` are without the program's name. Gives `misused`.
int explain_misuse(CLI::App& program, std::string why, std::span<char* const> arguments);

// What is wrong with the first empty one, or empty value of an option, if there is one: they mostly come of a variable
// that is not set, and no command means anything by them. The parser would take what follows "--option=" for its value;
// as an option's own value, a text, such a word is left alone.
std::optional<std::string> find_empty_argument(CLI::App& program, std::span<char* const> arguments);

}  // namespace bbstream::command
