// Leave that commands ask the running daemon for: they send with the same credential, and spend from its budget.
#pragma once

#include "backfill/polling.hpp"
#include "daemon/admin.hpp"

#include <string_view>

namespace bbstream::daemon {

// {"requests":3,"waitMs":0}: so many may be sent after that wait; none: ask again after it. Else {"error":"why"}.
admin_answer give_leave(backfill::polling& with, std::string_view target);

}  // namespace bbstream::daemon
