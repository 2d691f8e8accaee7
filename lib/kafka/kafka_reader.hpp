// The events of our topics read back as a read_committed consumer sees them, and the cursor of a node.
#pragma once

#include "config/config.hpp"
#include "kafka/partition_reader.hpp"
#include "kafka/timeouts.hpp"
#include "sink/reader.hpp"

#include <memory>
#include <string>
#include <vector>

namespace bbstream::kafka {

// A source is a partition; topics that do not exist have none. Memory: partition_kbytes_max and a message a partition.
class kafka_reader final : public sink::reader {
   public:
    kafka_reader(config::kafka config, std::string node, timeouts within = {},
                 event::topic_set const& topics = event::usual_topics());
    ~kafka_reader() override;

    result<sink::stored_cursor> open() override;
    std::vector<sink::source> const& sources() const override { return sources_; }
    result<std::optional<sink::read_event>> next(std::size_t source) override;

   private:
    struct partition {
        std::unique_ptr<partition_reader> reader;
        message_handle message;
        std::string headers;
    };

    void close();
    result<std::unique_ptr<client>> connect();
    result<sink::stored_cursor> read_cursor_back();
    result<void> start_topic(event::topic which);
    result<void> start_partition(event::topic which, std::int32_t number);

    config::kafka const config_;
    std::string const node_;
    timeouts const within_;
    event::topic_set const topics_;
    handle_count const handles_ = std::make_shared<std::atomic<int>>(0);
    std::shared_ptr<client_log> const log_ = std::make_shared<client_log>();
    std::unique_ptr<client> client_;
    std::vector<sink::source> sources_;
    std::vector<partition> partitions_;  // one a source
};

}  // namespace bbstream::kafka
