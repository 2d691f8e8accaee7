// What a message that was read holds.
#pragma once

#include "kafka/handles.hpp"
#include "sink/reader.hpp"

#include <string>
#include <string_view>

namespace bbstream::kafka {

std::string_view key_of(rd_kafka_message_t const& message);
std::string_view value_of(rd_kafka_message_t const& message);

// As an event of a sink; the views are into the message and into `headers`, which is overwritten.
sink::read_event event_of(rd_kafka_message_t const& message, std::string& headers);

}  // namespace bbstream::kafka
