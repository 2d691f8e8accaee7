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

failure strange(std::string const& topic, rd_kafka_message_t const& message, std::string_view what)
{
    return {failure_kind::permanent,
            topic + ": the record at offset " + std::to_string(message.offset) + ' ' + std::string(what)};
}

result<void> take(rd_kafka_message_t const& message, std::string const& topic, std::string const& node,
                  cursor_topic_content& into)
{
    auto const key = key_of(message);
    if (auto const instance = instance_of_key(key)) {
        auto const by = parse_owner(value_of(message));
        if (!by)
            return strange(topic, message, "names no owner");
        into.owners[std::string(*instance)] = *by;
    } else if (key == node) {
        into.cursor = parse_cursor(value_of(message));
        if (!into.cursor)
            return strange(topic, message, "is not a cursor");
    }
    return {};
}

}  // namespace

result<cursor_topic_content> read_cursor_topic(client& through, std::string const& topic, std::string const& node,
                                               std::chrono::milliseconds at_most)
{
    auto const deadline = std::chrono::steady_clock::now() + at_most;
    partition_reader from(through, topic, 0);
    if (auto const started = from.start(); !started)
        return started.error();
    cursor_topic_content newest;
    for (;;) {
        auto const message = from.next(deadline);
        if (!message)
            return message.error();
        if (!*message)
            return newest;
        if (auto const taken = take(**message, topic, node, newest); !taken)
            return taken.error();
    }
}

}  // namespace bbstream::kafka
