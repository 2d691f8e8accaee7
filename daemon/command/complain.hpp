// How commands speak: what they were asked for on standard output, what went wrong on standard error.
#pragma once

#include <string_view>

namespace bbstream::command {

// Exit codes; misuse of the command line is 2.
inline constexpr int success = 0;
inline constexpr int failed = 1;
inline constexpr int misused = 2;

// "bbstream: why", each line of it; gives `failed`.
int complain(std::string_view why);

// Writes it all; gives `success`, or `failed` with a complaint where standard output does not take it.
int print(std::string_view text);

}  // namespace bbstream::command
