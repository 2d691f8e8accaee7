// How the daemon is: /livez, /readyz, and the gauges that are read when they are asked for.
#pragma once

#include "backfill/polling.hpp"
#include "daemon/admin.hpp"
#include "flow/publish.hpp"
#include "http/server.hpp"
#include "journal/journal.hpp"
#include "observe/metrics.hpp"

#include <string>

namespace bbstream::daemon {

// The parts that tell.
struct daemon_view {
    journal::journal const& journal;
    flow::publisher const& publisher;
    http::server const& server;
    backfill::polling const& polling;
};

class health {
   public:
    explicit health(observe::metrics& to);

    // Whether the reactors and the journal's thread turn.
    admin_answer livez(daemon_view const& of) const;

    // Whether it listens and the journal takes writes. A sink that fails is in the body, not in the status: what comes
    // is safe in the journal. So is how far looks have stretched.
    admin_answer readyz(daemon_view const& of) const;

    std::string metrics_text(daemon_view const& of) const;

   private:
    observe::metrics& metrics_;
    observe::gauge journal_records_;
    observe::gauge journal_released_;
    observe::gauge journal_bytes_;
    observe::gauge journal_segments_;
    observe::gauge journal_writable_;
    observe::gauge sink_up_;
    observe::gauge lag_records_;
};

}  // namespace bbstream::daemon
