#include "kafka/cursor_reader.hpp"

#include "kafka/message.hpp"
#include "kafka/partition_reader.hpp"

#include <string_view>
#include <utility>

namespace bbstream::kafka {

namespace {

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
        auto read = parse_cursor(value_of(message));
        if (!read)
            return strange(topic, message, "is not a cursor");
        into.cursor = read->cursor;
        into.offset = message.offset;
        into.written = rd_kafka_message_timestamp(&message, nullptr);
        into.lost = std::move(read->lost);
    } else if (auto const theirs = parse_cursor(value_of(message))) {
        into.others[std::string(key)] = {theirs->cursor, message.offset};
    }
    return {};
}

}  // namespace

result<cursor_topic_content> read_cursor_topic(client& through, std::string const& topic, std::string const& node,
                                               std::chrono::milliseconds at_most, std::optional<std::int64_t> end)
{
    auto const deadline = std::chrono::steady_clock::now() + at_most;
    partition_reader from(through, topic, 0);
    if (auto const started = end ? from.start(RD_KAFKA_OFFSET_BEGINNING, *end) : from.start(); !started)
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
