// All sources of a sink as one stream in order of sequence, as far as each source is in order itself.
#pragma once

#include "flow/comparison.hpp"
#include "sink/reader.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace bbstream::flow {

class merged_events {
   public:
    // Events of earlier epochs and replayed ones are left out, and counted.
    merged_events(sink::reader& from, std::uint32_t epoch);

    // After the reader's open(). Errors, here and below: as the reader's.
    result<void> start();
    // The record that the sink's first event of this epoch is of.
    std::optional<std::uint64_t> begin() const;
    // Leaves out what is of other records. Once, after start().
    result<void> limit(std::uint64_t first, std::uint64_t last);

    // The event with the lowest position; one without a position of this epoch comes before all. Valid until drop().
    found_event const* first() const;
    // Where first() stands, {0, 0} if nowhere.
    event::position position() const { return place_of(heads_[first_]); }
    result<void> drop();

    // Whether an event of that topic may have left the sink by its age, or is of before the topic was switched on.
    bool is_gone(event::topic of, event::position at) const { return at < begins_[static_cast<std::size_t>(of)]; }

    // The first record of which an event of that topic was found; nothing where there is none. After start().
    std::optional<std::uint64_t> first_record_of(event::topic of) const;

    std::uint64_t replayed() const { return replayed_; }
    std::uint64_t of_earlier_epochs() const { return of_earlier_epochs_; }

   private:
    using head = std::optional<found_event>;  // nothing at a source's end

    event::position place_of(head const& which) const;
    bool is_ours(found_event const& which) const;
    bool is_within(found_event const& which) const;
    result<void> advance(std::size_t source);
    void choose();
    void find_begins(std::uint64_t last);
    event::position begin_of(std::size_t source, std::uint64_t last) const;
    std::optional<event::position> first_of(std::size_t topic) const;

    sink::reader& from_;
    std::uint32_t const epoch_;
    std::uint64_t first_record_ = 0;
    std::uint64_t last_record_ = UINT64_MAX;
    std::vector<head> heads_;  // one a source
    std::size_t first_ = 0;    // heads_.size() when all have ended
    std::array<event::position, event::topic_count> begins_{};
    std::uint64_t replayed_ = 0;
    std::uint64_t of_earlier_epochs_ = 0;
};

}  // namespace bbstream::flow
