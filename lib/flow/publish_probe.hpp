// What publishing shows of itself in the metrics.
#pragma once

#include "event/batch.hpp"
#include "observe/metrics.hpp"

#include <vector>

namespace bbstream::flow {

struct publish_probe {
    explicit publish_probe(observe::metrics& to);

    observe::counter const& published(event::topic which) const { return published_[static_cast<std::size_t>(which)]; }

    observe::counter records_folded;
    observe::counter commits;
    observe::counter sink_errors;
    observe::counter dead_letters;
    observe::histogram commit_seconds;
    observe::histogram commit_events;
    observe::gauge lag_records;  // durable in the journal, not yet in the sink
    observe::gauge lag_seconds;  // age of the oldest record of the last parcel when it was committed
    observe::gauge committed_sequence;
    observe::gauge evicted_entries;

   private:
    std::vector<observe::counter> published_;
};

}  // namespace bbstream::flow
