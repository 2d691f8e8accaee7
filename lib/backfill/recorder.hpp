// Puts what REST answered into the journal, as it came.
#pragma once

#include "backfill/sleeper.hpp"
#include "config/config.hpp"
#include "flow/append_bridge.hpp"
#include "journal/journal.hpp"
#include "observe/metrics.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bbstream::backfill {

struct answer_record {
    journal::origin origin = journal::origin::poll;
    std::string_view key;
    std::string meta;
    std::string body;
};

// Of one thread; outlives its coroutines.
class recorder {
   public:
    recorder(net::executor on, journal::journal& to, config::instance const& of, sleeper& until_stop,
             observe::metrics& metrics);

    // Its sequence once it is durable, however long the journal refuses. Nothing at the stop.
    net::task<std::optional<std::uint64_t>> append(answer_record what);

    // The highest durable sequence.
    std::uint64_t last() const { return journal_.status().last; }

   private:
    journal::journal& journal_;
    config::instance const& instance_;
    sleeper& until_stop_;
    flow::append_bridge bridge_;
    observe::counter records_;
};

}  // namespace bbstream::backfill
