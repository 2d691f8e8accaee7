// The record in the cursor topic: key = node, value = how far the node's journal is published.
#pragma once

#include "sink/sink.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bbstream::kafka {

// {"journal":"<32 hex digits>","epoch":1,"sequence":42,"node":"a"}
std::string cursor_value(sink::cursor const& from, std::string_view node);

// Nothing for anything but what cursor_value made, members added behind it aside.
std::optional<sink::cursor> parse_cursor(std::string_view value);

}  // namespace bbstream::kafka
