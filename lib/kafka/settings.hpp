// librdkafka's configuration: our defaults, the user's properties over them, and what the promise rests on over both.
#pragma once

#include "base/failure.hpp"
#include "config/config.hpp"
#include "kafka/handles.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace bbstream::kafka {

// `bbstream-{prefix}-{node}`: one running daemon a node name; the broker lets only the newest one write.
std::string transactional_id(config::kafka const& from, std::string const& node);

struct producer_settings {
    std::string node;
    std::chrono::milliseconds delivery_timeout;  // without transactions: after so long a message has failed
    std::uint64_t batch_bytes_max = 0;           // what the topics take; 0: unknown
    bool one_by_one = false;  // each message in a batch of its own, so that a refusal tells which one is meant
};

// `properties`: the user's, secrets resolved. Errors: permanent, naming the property.
result<conf_handle> make_producer_settings(config::kafka const& from,
                                           std::map<std::string, std::string> const& properties,
                                           producer_settings const& with);

enum class isolation { read_committed, read_uncommitted };

// For a handle that looks at topics and reads back what lies in them.
result<conf_handle> make_reader_settings(std::map<std::string, std::string> const& properties,
                                         isolation of = isolation::read_committed);

// The values among `properties` that no log line may show.
std::vector<std::string> secrets_of(std::map<std::string, std::string> const& properties);

}  // namespace bbstream::kafka
