// "Is it JSON": the only look that receiving takes at a body.
#pragma once

#include <cstddef>
#include <string_view>

namespace bbstream::http {

inline constexpr std::size_t json_levels_max = 256;

// Whether the whole text is exactly one JSON object (RFC 8259) in valid UTF-8, at most json_levels_max levels deep,
// with nothing but white space around it. Numbers of any size and escapes of lone surrogates are grammatical, hence
// fine: what was sent by Bitbucket is kept, and understanding it comes later.
bool is_json_object(std::string_view text);

}  // namespace bbstream::http
