// Handles as the sink and the replay need them, from the configuration.
#pragma once

#include "config/config.hpp"
#include "kafka/client.hpp"
#include "kafka/producer.hpp"
#include "kafka/settings.hpp"
#include "kafka/timeouts.hpp"

#include <map>
#include <memory>
#include <string>

namespace bbstream::kafka {

struct connection {
    config::kafka const& config;
    event::topic_set const& topics;
    std::map<std::string, std::string> const& properties;  // its own, secrets resolved
    timeouts const& within;
    std::shared_ptr<client_log> log;
    handle_count handles;
};

// To look at topics, and to read back what lies in them. Errors: permanent; unavailable.
result<std::unique_ptr<client>> connect_reader(connection const& with, isolation of = isolation::read_committed);

// To the topics of events and that of cursors; ready to publish. Errors: permanent; unavailable.
result<std::unique_ptr<producer>> connect_producer(connection const& with, producer_settings const& settings);

}  // namespace bbstream::kafka
