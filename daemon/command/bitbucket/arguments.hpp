// What the arguments of Bitbucket's commands may look like: for CLI::Option::check, a misuse otherwise.
#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>

namespace bbstream::command {

// Digits that fit into 64 bits. (CLI11 takes "-1" for the largest number there is.)
CLI::Validator whole_number(std::uint64_t least);
// What becomes one part of an address: an empty one, as an unset variable of a script gives it, or dots would name
// another thing, which then is changed or removed.
CLI::Validator one_name();

}  // namespace bbstream::command
