// Replayed events in the topics that they were in, through a producer of its own: the daemon's goes on undisturbed.
#pragma once

#include "config/config.hpp"
#include "kafka/timeouts.hpp"
#include "sink/replayer.hpp"

#include <atomic>
#include <memory>
#include <string>

namespace bbstream::kafka {

class client_log;
class producer;

// Each batch is a transaction, or without kafka.transactions is delivered, before put() comes back.
class kafka_replayer final : public sink::replayer {
   public:
    // The transactional.id is `bbstream-{prefix}-{node}-replay`: a later replay of the same node ends an earlier one.
    kafka_replayer(config::kafka config, std::string node, timeouts within = {});
    ~kafka_replayer() override;

    result<void> open() override;
    result<void> put(event::batch const& events) override;
    std::string place() const override;

   private:
    config::kafka const config_;
    std::string const node_;
    timeouts const within_;
    std::shared_ptr<std::atomic<int>> const handles_ = std::make_shared<std::atomic<int>>(0);
    std::shared_ptr<client_log> const log_;
    std::unique_ptr<producer> producer_;
};

}  // namespace bbstream::kafka
