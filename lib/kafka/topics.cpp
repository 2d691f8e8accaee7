#include "kafka/topics.hpp"

#include <algorithm>

namespace bbstream::kafka {

namespace {

constexpr std::int64_t day_ms = 24ll * 60 * 60 * 1000;
constexpr std::int32_t partitions_of_small_topics = 3;
constexpr std::int32_t partitions_of_spans = 6;

topic_spec spec_of(config::kafka const& from, event::topic which)
{
    auto const small = std::min(from.topics_partitions, partitions_of_small_topics);
    auto partitions = from.topics_partitions;
    std::int64_t days = 90;
    switch (which) {
        case event::topic::repository:
        case event::topic::commit:
        case event::topic::pullrequest:
        case event::topic::build:
            break;
        case event::topic::issue:
        case event::topic::project:
        case event::topic::security:
            partitions = small;
            break;
        case event::topic::unknown:
        case event::topic::dlq:
            partitions = small;
            days = 30;
            break;
        case event::topic::system:
            partitions = 1;
            days = 30;
            break;
        case event::topic::otlpspans:
            partitions = std::min(from.topics_partitions, partitions_of_spans);
            days = 7;
            break;
        case event::topic::cdevents:
            days = 30;
            break;
    }
    return {topic_of(from, which),
            partitions,
            {{"cleanup.policy", "delete"}, {"retention.ms", std::to_string(days * day_ms)}}};
}

}  // namespace

std::string topic_of(config::kafka const& from, event::topic which)
{
    return from.topic_prefix + "." + std::string(event::topic_name(which));
}

std::string cursor_topic(config::kafka const& from)
{
    return from.topic_prefix + ".cursor.v1";
}

std::vector<topic_spec> event_topics(config::kafka const& from, event::topic_set const& wanted)
{
    std::vector<topic_spec> topics;
    for (std::size_t at = 0; at < event::topic_count; ++at)
        if (wanted.test(at))
            topics.push_back(spec_of(from, static_cast<event::topic>(at)));
    return topics;
}

// A record a transaction, of which the newest counts: small segments, compacted soon, keep the reading back at a start
// short. The markers that transactions leave go with delete.retention.ms.
topic_spec cursor_topic_spec(config::kafka const& from)
{
    return {cursor_topic(from),
            1,
            {{"cleanup.policy", "compact"},
             {"segment.bytes", std::to_string(8 * 1024 * 1024)},
             {"segment.ms", std::to_string(60 * 60 * 1000)},
             {"min.cleanable.dirty.ratio", "0.1"},
             {"delete.retention.ms", std::to_string(10 * 60 * 1000)}}};
}

}  // namespace bbstream::kafka
