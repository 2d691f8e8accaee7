#include "kafka/kafka_sink.hpp"

#include "config/secret.hpp"
#include "kafka/connect.hpp"
#include "kafka/cursor_reader.hpp"
#include "kafka/cursor_record.hpp"
#include "kafka/topic_setup.hpp"
#include "kafka/topics.hpp"
#include "observe/log.hpp"

#include <utility>
#include <vector>

namespace bbstream::kafka {

kafka_sink::kafka_sink(config::kafka config, std::string node, timeouts within, event::topic_set const& topics)
    : config_(std::move(config)),
      who_{std::move(node), {}, false},
      within_(within),
      topics_(topics),
      log_(std::make_shared<client_log>())
{
}

kafka_sink::~kafka_sink()
{
    producer_.reset();
    wait_for_handles(handles_, within_.close);
}

void kafka_sink::serve(std::vector<std::string> instances, bool take_over)
{
    who_.instances = std::move(instances);
    who_.take_over = take_over;
}

// Topics first, since a producer that looks for a missing one makes brokers create it; then the producer, whose
// init_transactions settles what a predecessor left open; then the cursor, which nobody can move any more.
result<bbstream::sink::stored_cursor> kafka_sink::open()
{
    producer_.reset();
    auto const properties = config::resolve_properties(config_);
    if (!properties)
        return failure{failure_kind::permanent, properties.error().message};
    log_->begin(secrets_of(*properties));

    connection const with{config_, topics_, *properties, within_, log_, handles_};
    auto const reader = connect_reader(with);
    if (!reader)
        return reader.error();
    auto const facts = set_up_topics(**reader, config_, topics_, within_);
    if (!facts)
        return facts.error();
    auto producer = connect_producer(with, {who_.node, within_.publish, facts->batch_bytes_max, one_by_one_});
    if (!producer)
        return producer.error();
    producer_ = std::move(*producer);
    auto const found = read_cursor_topic(**reader, cursor_topic(config_), who_.node, within_.read_cursor);
    if (!found) {
        settle(**reader);
        producer_.reset();
        return found.error();
    }
    if (auto const claimed = claim(with, who_, found->owners); !claimed) {
        producer_.reset();
        return claimed.error();
    }
    who_.take_over = false;
    return found->cursor;
}

// The cursor's end may be out of reach since a broker that died has left a transaction of ours behind.
void kafka_sink::settle(client& reader)
{
    partition_counts partitions{};
    for (std::size_t topic = 0; topic < partitions.size(); ++topic) {
        if (!topics_.test(topic))
            continue;
        auto const count = count_partitions(reader, topic_of(config_, static_cast<event::topic>(topic)), within_);
        if (!count)
            return;
        partitions[topic] = *count;
    }
    if (auto const settled = producer_->settle(partitions); !settled)
        observe::warn("what a broker may have left open can't be settled", {{"error", settled.error().message}});
}

result<void> kafka_sink::publish(event::batch const& events, bbstream::sink::cursor const& next)
{
    refused_.reset();
    if (!producer_)
        return failure{failure_kind::unavailable, "kafka: not open"};
    auto done = producer_->publish(events, cursor_message{who_.node, cursor_value(next, who_.node)});
    if (!done) {
        refused_ = producer_->refused().event;
        if (producer_->refused().unclear)
            observe::warn("a batch of events was refused; they are sent one by one, to learn which one is meant");
    }
    // A producer that sends one by one has served its purpose with one batch, whatever came of it.
    if (!done || one_by_one_) {
        one_by_one_ = producer_->refused().unclear;
        producer_.reset();
    }
    return done;
}

}  // namespace bbstream::kafka
