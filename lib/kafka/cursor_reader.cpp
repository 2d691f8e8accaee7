#include "kafka/cursor_reader.hpp"

#include "kafka/cursor_record.hpp"
#include "kafka/partition_reader.hpp"

#include <string_view>

namespace bbstream::kafka {

namespace {

std::string_view key_of(rd_kafka_message_t const& message)
{
    return {static_cast<char const*>(message.key), message.key_len};
}

std::string_view value_of(rd_kafka_message_t const& message)
{
    return {static_cast<char const*>(message.payload), message.len};
}

}  // namespace

result<sink::stored_cursor> read_cursor(client& through, std::string const& topic, std::string const& node,
                                        std::chrono::milliseconds at_most)
{
    auto const deadline = std::chrono::steady_clock::now() + at_most;
    partition_reader from(through, topic, 0);
    if (auto const started = from.start(); !started)
        return started.error();
    sink::stored_cursor newest;
    for (;;) {
        auto const message = from.next(deadline);
        if (!message)
            return message.error();
        if (!*message)
            return newest;
        if (key_of(**message) != node)
            continue;
        newest = parse_cursor(value_of(**message));
        if (!newest)
            return failure{failure_kind::permanent,
                           topic + ": the record at offset " + std::to_string((*message)->offset) + " is not a cursor"};
    }
}

}  // namespace bbstream::kafka
