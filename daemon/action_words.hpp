// What questions to the admin listener's actions, and their refusals, have in common.
#pragma once

#include "daemon/admin.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bbstream::daemon {

// {"error":"why"}.
admin_answer refused(unsigned status, std::string_view why);

// 400 for what the asker has wrong, else 503: it may be tried again.
admin_answer refused(failure const& why);

// A parameter of the query, decoded. Empty where it is absent; nothing where it can't be decoded.
std::optional<std::string> value_of(std::string_view target, std::string_view name);

// 0 for what is no number, or does not fit.
std::uint64_t number_of(std::string_view text);

}  // namespace bbstream::daemon
