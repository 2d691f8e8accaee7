// What is done when it is a repository's turn: a look at its refs and commits, then at all that is looked for beside
// them; and what is remembered of that until its next turn.
#pragma once

#include "backfill/history_look.hpp"
#include "backfill/left_alone.hpp"
#include "backfill/looking.hpp"
#include "backfill/schedule.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace bbstream::backfill {

struct visit_wish {
    bool fresh = false;               // it was made after all others had been looked at
    bool whole = false;               // all of it is due; else what is missing, and pipelines that went on
    std::uint64_t history_asked = 0;  // the journal's sequence through which older commits were asked for
};

struct visit {
    look_outcome outcome;
    history_outcome older;
    unsigned failed = 0;  // looks that Bitbucket or the way there let fail, one after the other, this one included
};

// Of one instance and one thread.
class visits {
   public:
    // `interval`: between two looks at pipelines that go on.
    explicit visits(std::chrono::milliseconds interval) : interval_(interval) {}

    net::task<visit> look_at(workbench const& with, repository const& of, visit_wish wish);
    // When something in it is to be looked at again, before all of it is due.
    std::optional<instant> next_call(std::string const& repository) const;
    // Repositories that are not there any more.
    void forget_absent(std::function<bool(std::string const& repository)> const& is_there);

   private:
    net::task<void> look_beyond_refs(workbench const& with, repository const& of, bool fresh, look_outcome& outcome);
    net::task<void> look_at_pipelines(workbench const& with, repository const& of, bool fresh, look_outcome& outcome);
    net::task<history_outcome> look_at_history(workbench const& with, repository const& of, std::uint64_t asked,
                                               look_outcome& outcome);
    net::task<void> note_end(workbench const& with, repository const& of);
    bool looks_for(repository const& of, std::string_view resource) const;
    void note_push_log(look_outcome const& found, workbench const& with, repository const& of);
    unsigned count_failed(std::string const& repository, look_outcome const& outcome);
    void take(look_outcome const& found, workbench const& with, repository const& of, std::string_view resource,
              look_outcome& into);

    std::chrono::milliseconds const interval_;
    left_alone left_alone_;
    std::map<std::string, instant> runs_due_;  // when pipelines that went on are looked at again
    std::map<std::string, unsigned> failed_;   // looks, one after the other
};

}  // namespace bbstream::backfill
