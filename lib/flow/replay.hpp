// replay: events of the retained journal once more, with the ids and sequences that they had.
#pragma once

#include "event/encode.hpp"
#include "event/event.hpp"
#include "flow/audit_plan.hpp"
#include "sink/replayer.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace bbstream::flow {

struct replay_wish {
    std::optional<std::uint64_t> from{};  // sequences of the journal
    std::optional<std::uint64_t> to{};
    std::optional<micros> since{};  // when the record was received: from here on,
    std::optional<micros> until{};  // and before this
    std::string repository{};       // its full name (acme/ledger, PAY/ledger) or its id; empty: all
};

// Which events are replayed of those that the fold gives again, and how many there are.
class replay_selection {
   public:
    replay_selection(audit_plan const& plan, replay_wish wish) : first_(plan.first), wish_(std::move(wish)) {}

    // Whether it is one of them; if so, it is counted.
    bool take(event::event const& each);

    std::uint64_t count() const { return count_; }
    std::uint64_t count(event::type which) const { return by_type_[static_cast<std::size_t>(which)]; }
    std::uint64_t first() const { return lowest_; }  // records; 0: none
    std::uint64_t last() const { return highest_; }

   private:
    bool wants(event::event const& each) const;

    std::uint64_t const first_;
    replay_wish const wish_;
    std::uint64_t count_ = 0;
    std::array<std::uint64_t, event::type_count_all> by_type_{};
    std::uint64_t lowest_ = 0;
    std::uint64_t highest_ = 0;
};

// Brings the events out; for one that is refused for good a dead letter comes in its place, as it did the first time.
// Errors: as replayer::put.
result<void> put_or_bury(sink::replayer& to, event::batch& events, event::encoding const& how);

}  // namespace bbstream::flow
