// "Is it JSON": the only look that receiving takes at a body.
#pragma once

#include <cstddef>
#include <string>

namespace bbstream::http {

inline constexpr std::size_t json_levels_max = 256;
inline constexpr std::size_t json_padding = 64;

// Whether the whole text is exactly one JSON object (RFC 8259) in valid UTF-8, at most json_levels_max levels deep,
// with nothing but white space around it. Numbers of any size and escapes of lone surrogates are grammatical, hence
// fine: what was sent by Bitbucket is kept, and understanding it comes later.
// A text with json_padding bytes of spare capacity is looked at in place.
bool is_json_object(std::string const& text);

}  // namespace bbstream::http
