// What publishing shows of itself in the metrics.
#pragma once

#include "event/batch.hpp"
#include "normalize/fold.hpp"
#include "observe/metrics.hpp"

#include <cstdint>
#include <vector>

namespace bbstream::flow {

struct publish_probe {
    explicit publish_probe(observe::metrics& to);

    observe::counter const& published(event::topic which) const { return published_[static_cast<std::size_t>(which)]; }

    // What the fold has counted so far, of which the rest since the last call is added. One thread.
    void folded(normalize::fold_counts const& so_far);

    observe::counter records_folded;
    observe::counter commits;
    observe::counter sink_errors;
    observe::counter dead_letters;
    observe::counter omitted_headers;
    observe::histogram commit_seconds;
    observe::histogram commit_events;
    observe::gauge lag_seconds;  // age of the oldest record of the last parcel when it was committed
    observe::gauge committed_sequence;
    observe::gauge evicted_entries;

   private:
    struct fold_counter {
        std::uint64_t normalize::fold_counts::*member;
        observe::counter to;
    };
    std::vector<observe::counter> published_;
    std::vector<fold_counter> fold_counters_;
    normalize::fold_counts seen_;
};

}  // namespace bbstream::flow
