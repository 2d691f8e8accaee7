#include "kafka/kafka_replayer.hpp"

#include "config/secret.hpp"
#include "kafka/connect.hpp"
#include "kafka/topic_setup.hpp"

#include <utility>

namespace bbstream::kafka {

kafka_replayer::kafka_replayer(config::kafka config, std::string node, timeouts within)
    : config_(std::move(config)), node_(std::move(node)), within_(within), log_(std::make_shared<client_log>())
{
}

kafka_replayer::~kafka_replayer()
{
    producer_.reset();
    wait_for_handles(handles_, within_.close);
}

result<void> kafka_replayer::open()
{
    auto const properties = config::resolve_properties(config_);
    if (!properties)
        return failure{failure_kind::permanent, properties.error().message};
    log_->begin(secrets_of(*properties));
    connection const with{config_, *properties, within_, log_, handles_};
    auto const reader = connect_reader(with);
    if (!reader)
        return reader.error();
    auto const facts = set_up_topics(**reader, config_, within_);
    if (!facts)
        return facts.error();
    auto producer = connect_producer(with, {node_ + "-replay", within_.publish, facts->batch_bytes_max, false});
    if (!producer)
        return producer.error();
    producer_ = std::move(*producer);
    return {};
}

result<void> kafka_replayer::put(event::batch const& events)
{
    return producer_->publish(events, std::nullopt);
}

std::string kafka_replayer::place() const
{
    return "the topics " + config_.topic_prefix + ".*";
}

}  // namespace bbstream::kafka
