// What `bbstream backfill` asks the running daemon for: the words of its questions and answers.
#pragma once

#include "backfill/polling.hpp"
#include "daemon/admin.hpp"

#include <string_view>

namespace bbstream::daemon {

// {"run":7,"forecasts":[{"instance","repositories","requests","most","perHour","measured"}]}, run 0 for a dry run; else
// {"error":"why"}.
admin_answer begin_backfill(backfill::polling& with, std::string_view target);

// {"run","repositories","left","failed","commits","failures":[{"instance","repository","why"}]}; else {"error":"why"}.
admin_answer backfill_progress(backfill::polling const& with, std::string_view target);

}  // namespace bbstream::daemon
