// One producer: a batch and its cursor in one transaction, or without transactions one behind the other. A batch may
// come without a cursor.
#pragma once

#include "base/failure.hpp"
#include "event/batch.hpp"
#include "kafka/client.hpp"
#include "kafka/delivery_reports.hpp"
#include "kafka/timeouts.hpp"

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bbstream::kafka {

// The names of the topics; those of events by the numbers of event::topic, empty for what is not wanted.
struct destinations {
    std::array<std::string, event::topic_count> events;
    std::string cursor;
};

// How many partitions each topic of events has; none where it is not wanted.
using partition_counts = std::array<std::int32_t, event::topic_count>;

struct cursor_message {
    std::string key;
    std::string value;
};

// An event that is refused for good. Of a batch of several that is refused as a whole nobody knows which one is meant,
// until a producer sends them one by one.
struct refusal {
    std::optional<event::position> event;
    bool unclear = false;
};

// After any failure it is of no use any more.
class producer {
   public:
    static result<std::unique_ptr<producer>> make(conf_handle conf, bool transactions, destinations const& to,
                                                  timeouts const& within, std::shared_ptr<client_log> log,
                                                  handle_count count);

    // Fences predecessors of the same transactional.id and ends what they left open; nothing without transactions.
    // Errors: unavailable; permanent: the broker forbids it.
    result<void> init();

    // Errors: unavailable; permanent, with refused().event, if one event is refused for good.
    result<void> publish(event::batch const& events, std::optional<cursor_message> const& cursor);

    // A broker that died may have left a transaction of this producer's open in a partition, which hides all that is
    // committed behind it for ever. It ends with the next one there: a record to each partition, and an abort. (Had its
    // commit got half way, some events come twice, under the same ids.) Errors: unavailable.
    result<void> settle(partition_counts const& partitions);

    refusal const& refused() const { return refused_; }

   private:
    producer(bool transactions, timeouts const& within) : transactions_(transactions), within_(within) {}

    result<void> call(char const* what, std::chrono::milliseconds timeout,
                      std::function<rd_kafka_error_t*(rd_kafka_t*)> function);
    result<void> begin();
    result<void> commit();
    result<void> abort();
    result<void> produce_to(rd_kafka_topic_t* topic, std::int32_t partition);
    result<void> flush();
    result<void> produce_events(event::batch const& events);
    result<void> produce_cursor(cursor_message const& cursor);
    error_handle produce(std::vector<rd_kafka_vu_t>& message, headers_handle headers);
    failure fail(event::batch const& events, failure why);
    failure why_not_taken(rd_kafka_error_t const* error);

    bool const transactions_;
    timeouts const within_;
    std::shared_ptr<delivery_reports> reports_ = std::make_shared<delivery_reports>();
    std::unique_ptr<client> client_;
    std::array<rd_kafka_topic_t*, event::topic_count> topics_{};
    std::array<std::string, event::topic_count> topic_names_;
    rd_kafka_topic_t* cursor_topic_ = nullptr;
    std::chrono::steady_clock::time_point deadline_;
    refusal refused_;
};

}  // namespace bbstream::kafka
