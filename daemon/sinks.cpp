#include "daemon/sinks.hpp"

#include "kafka/kafka_reader.hpp"
#include "kafka/kafka_replayer.hpp"
#include "kafka/kafka_sink.hpp"
#include "sink/file_reader.hpp"
#include "sink/file_replayer.hpp"
#include "sink/file_sink.hpp"

namespace bbstream::daemon {

namespace {

// One commit to a file costs an fsync at most; one to Kafka some 35 ms in which nothing else goes on (the commit, and
// the coordinator's refusal of the next transaction until it has ended this one), so a backlog must share it. Twice as
// much in each is no faster: the fold is at work on the next one meanwhile.
constexpr std::size_t file_parcel_bytes_max = 1024 * 1024;
constexpr std::size_t kafka_parcel_bytes_max = 16 * 1024 * 1024;

event::address_rule rule_of(config::email_rule which)
{
    switch (which) {
        case config::email_rule::keep:
            return event::address_rule::keep;
        case config::email_rule::domain:
            return event::address_rule::domain;
        case config::email_rule::sha256:
            return event::address_rule::sha256;
        case config::email_rule::drop:
            break;
    }
    return event::address_rule::drop;
}

}  // namespace

event::topic_set topics_for(config::config const& from)
{
    auto topics = event::usual_topics();
    topics.set(static_cast<std::size_t>(event::topic::otlpspans), from.events.otlp_spans);
    topics.set(static_cast<std::size_t>(event::topic::cdevents), from.events.cdevents);
    return topics;
}

std::unique_ptr<sink::sink> make_sink(config::config const& from, bool take_over, journal::identity const& of)
{
    if (from.sink.kind == config::sink_kind::kafka) {
        auto made = std::make_unique<kafka::kafka_sink>(from.kafka, from.node, kafka::timeouts{}, topics_for(from));
        std::vector<std::string> instances;
        for (auto const& each : from.instances)
            instances.push_back(each.name);
        made->serve(std::move(instances), take_over, of);
        return made;
    }
    return std::make_unique<sink::file_sink>(sink::options_of(from.sink, topics_for(from)));
}

std::unique_ptr<sink::reader> make_reader(config::config const& from)
{
    if (from.sink.kind == config::sink_kind::kafka)
        return std::make_unique<kafka::kafka_reader>(from.kafka, from.node, kafka::timeouts{}, topics_for(from));
    return std::make_unique<sink::file_reader>(from.sink, topics_for(from));
}

std::unique_ptr<sink::replayer> make_replayer(config::config const& from, micros now)
{
    if (from.sink.kind == config::sink_kind::kafka)
        return std::make_unique<kafka::kafka_replayer>(from.kafka, from.node, kafka::timeouts{}, topics_for(from));
    return std::make_unique<sink::file_replayer>(from.sink.file_path, now);
}

event::encoding encoding_for(config::config const& from)
{
    event::encoding how;
    how.headers = from.sink.kind == config::sink_kind::kafka;
    if (how.headers && from.kafka.content_mode == config::content_mode::binary)
        how.mode = event::content_mode::binary;
    how.topics = topics_for(from);
    how.privacy = {rule_of(from.privacy.account_email), rule_of(from.privacy.commit_email)};
    return how;
}

flow::folding_options folding_options_for(config::config const& from)
{
    auto const how = encoding_for(from);
    flow::folding_options options;
    options.encoding = how;
    options.parcel_bytes_max =
        from.sink.kind == config::sink_kind::kafka ? kafka_parcel_bytes_max : file_parcel_bytes_max;
    return options;
}

}  // namespace bbstream::daemon
