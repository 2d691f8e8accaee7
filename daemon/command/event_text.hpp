// One CloudEvent as a line for people.
#pragma once

#include <string>
#include <string_view>

namespace bbstream::command {

// "2026-08-24 10:00:00  ref.updated  acme/ledger  refs/heads/main  1a2b3c4d5e6f..7f8e9d0c1b2a". No value can move the
// terminal's cursor. A line that is no event is given as it is, made harmless.
std::string event_text(std::string_view json, bool colored);

}  // namespace bbstream::command
