// What the journal shows of itself in the metrics.
#pragma once

#include "journal/journal.hpp"
#include "observe/metrics.hpp"

#include <cstddef>

namespace bbstream::daemon {

class journal_probe {
   public:
    explicit journal_probe(observe::metrics& to);

    // One durable write of a frame. On the journal's thread.
    void written(double seconds, std::size_t records, std::size_t bytes) const;
    // Requests that came back without being durable. Any thread.
    void turned_away(journal::append_status why, std::size_t requests) const;

   private:
    observe::histogram fsync_seconds_;
    observe::histogram batch_records_;
    observe::counter written_bytes_;
    observe::counter overloaded_;
    observe::counter refused_;
};

}  // namespace bbstream::daemon
