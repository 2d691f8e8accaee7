// What the listener counts.
#pragma once

#include "observe/metrics.hpp"

#include <array>

namespace bbstream::http {

// Values to be copied by every reactor; the metrics behind them are the same.
class probe {
   public:
    explicit probe(observe::metrics& metrics);

    void answered(unsigned status) const;
    void connections(std::size_t now) const { connections_.set(static_cast<double>(now)); }

    // Connections that were closed at once, or before a request could be read.
    observe::counter over_limit;
    observe::counter not_allowed;
    observe::counter failed_handshake;

   private:
    observe::gauge connections_;
    std::array<observe::counter, 10> answers_;  // one a status of the contract; the last for any other
};

}  // namespace bbstream::http
