// Whether Kafka is there, has the topics, and lets us write.
#pragma once

#include "check/line.hpp"
#include "config/config.hpp"
#include "event/batch.hpp"

#include <string>

namespace bbstream::check {

// Of events, the topics that are wanted. Under a transactional id of its own, since the daemon's would fence a daemon
// that runs. `write`: also tries to write, in a transaction that is aborted.
lines check_kafka(config::kafka const& kafka, std::string const& node, event::topic_set const& topics, bool write);

}  // namespace bbstream::check
