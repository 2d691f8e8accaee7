// What to say to arguments that can't be understood.
#pragma once

#include <span>
#include <string>

namespace CLI {
class App;
}

namespace bbstream::command {

// One line on standard error: what is wrong, and which --help to read. `why` is the parser's own word, used where there
// is no better one; `arguments` are without the program's name. Gives `misused`.
int explain_misuse(CLI::App& program, std::string why, std::span<char* const> arguments);

}  // namespace bbstream::command
