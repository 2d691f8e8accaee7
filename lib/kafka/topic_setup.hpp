// Making sure that the broker has our topics, as they must be.
#pragma once

#include "base/failure.hpp"
#include "kafka/client.hpp"
#include "kafka/timeouts.hpp"
#include "kafka/topics.hpp"

#include <cstdint>
#include <string>

namespace bbstream::kafka {

struct topic_facts {
    std::uint64_t batch_bytes_max = 0;  // the least max.message.bytes of the topics; 0: the broker does not tell
};

// Of events, the topics that are wanted. Looks, creates what is missing if the configuration allows, and waits until
// all of it can be used; on the handle of a consumer, since a producer's look alone makes brokers create topics their
// own way. Errors: unavailable; permanent: topics are missing and may not be created, the broker forbids it, or the
// cursor topic is not compacted or not of one partition. Messages say what to do.
result<topic_facts> set_up_topics(client& through, config::kafka const& config, event::topic_set const& topics,
                                  timeouts const& within);

// How many partitions a topic has; 0 where there is no such topic. Errors: unavailable; permanent.
result<std::int32_t> count_partitions(client& through, std::string const& topic, timeouts const& within);

}  // namespace bbstream::kafka
