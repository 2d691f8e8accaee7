#include "kafka/kafka_replayer.hpp"

#include "config/secret.hpp"
#include "kafka/connect.hpp"
#include "kafka/topic_setup.hpp"

#include <utility>

namespace bbstream::kafka {

kafka_replayer::kafka_replayer(config::kafka config, std::string const& node, timeouts within,
                               event::topic_set const& topics)
    : config_(std::move(config)),
      name_(node + "/replay"),
      within_(within),
      topics_(topics),
      log_(std::make_shared<client_log>())
{
}

kafka_replayer::~kafka_replayer()
{
    producer_.reset();
    wait_for_handles(handles_, within_.close);
}

result<void> kafka_replayer::open()
{
    auto properties = config::resolve_properties(config_);
    if (!properties)
        return failure{failure_kind::permanent, properties.error().message};
    properties_ = std::move(*properties);
    log_->begin(secrets_of(properties_));
    auto const reader = connect_reader({config_, topics_, properties_, within_, log_, handles_});
    if (!reader)
        return reader.error();
    auto const facts = set_up_topics(**reader, config_, topics_, within_);
    if (!facts)
        return facts.error();
    batch_bytes_max_ = facts->batch_bytes_max;
    return connect(false);
}

result<void> kafka_replayer::connect(bool one_by_one)
{
    auto made = connect_producer({config_, topics_, properties_, within_, log_, handles_},
                                 {name_, within_.publish, batch_bytes_max_, one_by_one});
    if (!made)
        return made.error();
    producer_ = std::move(*made);
    return {};
}

// A producer is of no use after a failure. Where a batch was refused as a whole, one that sends one by one finds out
// which event is meant, and serves for that batch only.
result<void> kafka_replayer::put(event::batch const& events)
{
    refused_.reset();
    for (bool one_by_one = false;; one_by_one = true) {
        if (!producer_)
            if (auto const connected = connect(one_by_one); !connected)
                return connected;
        auto const done = producer_->publish(events, std::nullopt);
        if (done && !one_by_one)
            return done;
        auto const why = producer_->refused();
        producer_.reset();
        if (!done)
            refused_ = why.event;
        if (done || !why.unclear || one_by_one)
            return done;
    }
}

std::string kafka_replayer::place() const
{
    return "the topics " + config_.topic_prefix + ".*";
}

}  // namespace bbstream::kafka
