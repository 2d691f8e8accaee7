// Replayed events in the topics that they were in, through a producer of its own: the daemon's goes on undisturbed.
#pragma once

#include "config/config.hpp"
#include "kafka/timeouts.hpp"
#include "sink/replayer.hpp"

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace bbstream::kafka {

class client_log;
class producer;

// Each batch is a transaction, or without kafka.transactions is delivered, before put() comes back.
class kafka_replayer final : public sink::replayer {
   public:
    // The transactional.id is `bbstream-{prefix}-{node}/replay`, which is no node's: a later replay of the same node
    // ends an earlier one.
    kafka_replayer(config::kafka config, std::string const& node, timeouts within = {},
                   event::topic_set const& topics = event::usual_topics());
    ~kafka_replayer() override;

    result<void> open() override;
    result<void> put(event::batch const& events) override;
    std::optional<event::position> refused() const override { return refused_; }
    std::string place() const override;

   private:
    result<void> connect(bool one_by_one);

    config::kafka const config_;
    std::string const name_;
    timeouts const within_;
    event::topic_set const topics_;
    std::shared_ptr<std::atomic<int>> const handles_ = std::make_shared<std::atomic<int>>(0);
    std::shared_ptr<client_log> const log_;
    std::map<std::string, std::string> properties_;  // secrets resolved
    std::uint64_t batch_bytes_max_ = 0;
    std::unique_ptr<producer> producer_;
    std::optional<event::position> refused_;
};

}  // namespace bbstream::kafka
