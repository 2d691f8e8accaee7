// The topics of the contract as Kafka should have them.
#pragma once

#include "config/config.hpp"
#include "event/batch.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace bbstream::kafka {

struct topic_spec {
    std::string name;
    std::int32_t partitions = 1;
    std::vector<std::pair<std::string, std::string>> settings;
};

std::string topic_of(config::kafka const& from, event::topic which);
std::string cursor_topic(config::kafka const& from);

// The topics that events go to, of those that are wanted, in the order of event::topic.
std::vector<topic_spec> event_topics(config::kafka const& from, event::topic_set const& wanted = event::usual_topics());
// Compacted and of one partition.
topic_spec cursor_topic_spec(config::kafka const& from);

}  // namespace bbstream::kafka
