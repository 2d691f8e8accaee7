// Which events of a batch were not delivered, and why.
#pragma once

#include "kafka/client.hpp"

#include <cstddef>
#include <mutex>
#include <optional>

namespace bbstream::kafka {

// Any thread. Messages carry their place in the batch as opaque pointer, counted from 1.
class delivery_reports final : public delivery_listener {
   public:
    struct summary {
        std::optional<rd_kafka_resp_err_t> error;    // the first one that is the broker's own
        std::optional<rd_kafka_resp_err_t> refusal;  // that of content, if any
        std::optional<std::size_t> refused_event;    // the first event it is about
        std::size_t refused_events = 0;
    };

    static void* opaque_of(std::size_t event);

    bool failed(rd_kafka_message_t const& message) override;
    void clear();
    summary get() const;

   private:
    mutable std::mutex mutex_;
    summary summary_;
};

}  // namespace bbstream::kafka
