// The events of stored records once more: the fold over a stretch of the journal, piece by piece, beside a daemon.
#pragma once

#include "event/encode.hpp"
#include "journal/inspect.hpp"
#include "normalize/fold.hpp"

#include <cstdint>

namespace bbstream::flow {

class refold {
   public:
    // Reads the records after `after`, up to `last`. `state` must be what the fold needs before them.
    // Of the events only those are encoded that are `wanted`; no function: all.
    refold(journal::stored_log& from, state::state& state, event::encoding how, std::uint64_t after, std::uint64_t last,
           event::event_choice wanted = {});

    // Folds the next piece of the journal, and replaces `events` by what it gave. False at the end.
    // Errors: as stored_log::read_after; what a running daemon removes meanwhile can't be read.
    result<bool> next(event::batch& events);

    std::uint64_t applied() const { return position_; }

   private:
    journal::stored_log& from_;
    normalize::fold fold_;
    event::encoding const how_;
    std::uint64_t position_;
    std::uint64_t const last_;
    event::event_choice const wanted_;
};

}  // namespace bbstream::flow
