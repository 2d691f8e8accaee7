// The text of one log line from its message and fields: no value can break a line, a terminal or a JSON parser.
#pragma once

#include "observe/log.hpp"

#include <string>
#include <string_view>

namespace bbstream::observe {

// "message key=value other=\"two words\"": values that are not plain words are quoted; control characters (C0, DEL,
// C1), quotes, backslashes and bytes that are not UTF-8 are escaped.
std::string text_line(std::string_view message, fields with);

// "message":"...","key":"value": the inside of a JSON object (RFC 8259). Bytes that are not UTF-8 become U+FFFD.
std::string json_members(std::string_view message, fields with);

}  // namespace bbstream::observe
