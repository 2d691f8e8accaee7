// What others have written, made harmless for a terminal.
#pragma once

#include <string>
#include <string_view>

namespace bbstream::command {

// Control characters, those of C1 included, become spaces, and bytes that are no UTF-8 U+FFFD: no text can move the
// cursor or command the terminal, whatever its encoding. Line breaks at its end go.
std::string harmless(std::string_view text);

// The same JSON, where DEL and C1, which JSON allows as they are, are escaped, and what is no UTF-8 is U+FFFD.
std::string harmless_json(std::string_view json);

}  // namespace bbstream::command
