// What publishing shows of gaps: how many are open, how those before ended, and a warning for what can't be had.
#pragma once

#include "event/event.hpp"
#include "observe/metrics.hpp"
#include "state/state.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace bbstream::flow {

// Of the folding thread.
class gap_watch {
   public:
    explicit gap_watch(observe::metrics& to) : metrics_(to) {}

    // With the state that folding begins with.
    void begin(state::state const& from);
    // The events of one record; `first`: they were not published before.
    void saw(std::span<event::event const> events, bool first);

   private:
    void add_open(std::string_view instance, std::int64_t more);
    void note_end(std::string_view instance, event::event const& what, event::backfill_finished const& how);

    observe::metrics& metrics_;
    std::map<std::string, std::int64_t, std::less<>> open_;
};

}  // namespace bbstream::flow
