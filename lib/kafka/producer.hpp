// One producer: a batch and its cursor in one transaction, or without transactions one behind the other. A batch may
// come without a cursor.
#pragma once

#include "base/failure.hpp"
#include "event/batch.hpp"
#include "kafka/client.hpp"
#include "kafka/delivery_reports.hpp"
#include "kafka/partitions.hpp"
#include "kafka/timeouts.hpp"

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::kafka {

// The names of the topics; those of events by the numbers of event::topic, empty for what is not wanted.
struct destinations {
    std::array<std::string, event::topic_count> events;
    std::string cursor;
};

struct cursor_message {
    std::string key;
    std::string value;
};

// The key of what abort_in writes.
inline constexpr std::string_view aborting_key = "bbstream-aborts";

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

    // Ends, as aborted, what a broker has left open of this producer's transactions in these partitions. That takes a
    // transaction that has a record in each; nobody sees them, and their value says whose they are. Nothing without
    // transactions. Errors: unavailable.
    result<void> abort_in(std::vector<partition> const& where, std::string const& node);

    // In one transaction, or without transactions one behind the other: messages that were read, to the partitions
    // where they lie, and the cursor. Errors: unavailable.
    result<void> republish(std::vector<message_handle> const& messages, cursor_message const& cursor);

    refusal const& refused() const { return refused_; }

   private:
    producer(bool transactions, timeouts const& within) : transactions_(transactions), within_(within) {}

    result<void> call(char const* what, std::chrono::milliseconds timeout,
                      std::function<rd_kafka_error_t*(rd_kafka_t*)> function);
    result<void> begin();
    result<void> commit();
    result<void> abort();
    result<void> produce_to(partition const& where, std::string_view key, std::string_view value,
                            headers_handle headers);
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
