#include "kafka/cursor_reader.hpp"

#include "kafka/cursor_record.hpp"
#include "kafka/error.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace bbstream::kafka {

namespace {

using clock = std::chrono::steady_clock;

constexpr int poll_ms = 100;
constexpr std::chrono::milliseconds stop_timeout{1'000};
constexpr std::int32_t partition = 0;

std::string_view key_of(rd_kafka_message_t const& message)
{
    return {static_cast<char const*>(message.key), message.key_len};
}

std::string_view value_of(rd_kafka_message_t const& message)
{
    return {static_cast<char const*>(message.payload), message.len};
}

class reading {
   public:
    reading(client& through, std::string const& topic_name, std::string const& node)
        : through_(through), name_(topic_name), node_(node), topic_(through.topic(topic_name))
    {
    }
    reading(reading const&) = delete;
    reading& operator=(reading const&) = delete;
    ~reading()
    {
        if (started_)
            through_.run(stop_timeout, [topic = topic_](rd_kafka_t*) { rd_kafka_consume_stop(topic, partition); });
    }

    result<sink::stored_cursor> to_the_end(clock::time_point deadline)
    {
        if (rd_kafka_consume_start(topic_, partition, RD_KAFKA_OFFSET_BEGINNING) != 0)
            return explain(name_, rd_kafka_last_error());
        started_ = true;
        while (clock::now() < deadline) {
            message_handle const message(rd_kafka_consume(topic_, partition, poll_ms));
            if (!message)
                continue;
            auto const done = take(*message);
            if (!done)
                return done.error();
            if (*done)
                return newest_;
        }
        return failure{failure_kind::unavailable, name_ + ": its end was not reached in time" + reason()};
    }

   private:
    // True at the end: all that was written when reading began, be it committed or not, lies behind.
    result<bool> take(rd_kafka_message_t const& message)
    {
        if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
            note_end();
            return message.offset >= end_;
        }
        if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR)
            return explain(name_, message.err, rd_kafka_message_errstr(&message));
        if (key_of(message) != node_)
            return false;
        auto const read = parse_cursor(value_of(message));
        if (!read)
            return failure{failure_kind::permanent,
                           name_ + ": the record at offset " + std::to_string(message.offset) + " is not a cursor"};
        newest_ = read;
        return false;
    }

    // The high watermark of the first answer; the end that a read_committed consumer is told may lie before it.
    void note_end()
    {
        std::int64_t low = 0;
        std::int64_t high = 0;
        if (end_ == 0 && rd_kafka_get_watermark_offsets(through_.get(), name_.c_str(), partition, &low, &high) ==
                             RD_KAFKA_RESP_ERR_NO_ERROR)
            end_ = std::max<std::int64_t>(high, 0);
    }

    std::string reason() const
    {
        auto const problem = through_.log().last_problem();
        return problem.empty() ? problem : ": " + problem;
    }

    client& through_;
    std::string const name_;
    std::string const node_;
    rd_kafka_topic_t* const topic_;
    bool started_ = false;
    std::int64_t end_ = 0;
    std::optional<sink::cursor> newest_;
};

}  // namespace

result<sink::stored_cursor> read_cursor(client& through, std::string const& topic, std::string const& node,
                                        std::chrono::milliseconds at_most)
{
    return reading(through, topic, node).to_the_end(clock::now() + at_most);
}

}  // namespace bbstream::kafka
