// Where the journal ended at the first start since the sink's cursor was last seen, in a file of `state.path`.
//
// A journal that was restored, or whose last record a disk has lost, ends before the cursor. Webhooks are taken while
// the sink is away and use the lost sequences again, and so may several starts: the journal alone can't tell it then.
#pragma once

#include "base/failure.hpp"
#include "journal/journal.hpp"

#include <cstdint>
#include <string>

namespace bbstream::flow {

class journal_end {
   public:
    // The directory must exist. A note of another journal counts for nothing.
    journal_end(std::string const& directory, journal::identity const& journal);

    // Before anything is appended: the journal ends with `last`, and the newest checkpoint is of `applied`. An earlier
    // end that was not forgotten stays noted, unless checkpoints have gone on since: whoever wrote them (a former
    // version, in another directory) had seen the cursor. Durable. Errors: io.
    result<void> note(std::uint64_t last, std::uint64_t applied);
    // The earliest end that is noted.
    std::uint64_t last() const { return last_; }

    // The cursor was seen, and the sink knows of the epoch that follows from it. Durable. Errors: io.
    result<void> forget();

   private:
    std::string const directory_;
    std::string const file_;
    std::string const journal_;  // in hex
    std::uint64_t last_ = 0;
};

}  // namespace bbstream::flow
