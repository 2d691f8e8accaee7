#include "kafka/partition_reader.hpp"

#include "kafka/error.hpp"

#include <algorithm>
#include <utility>

namespace bbstream::kafka {

namespace {

using clock = std::chrono::steady_clock;

constexpr int poll_ms = 100;
constexpr std::chrono::milliseconds stop_timeout{1'000};

}  // namespace

partition_reader::partition_reader(client& through, std::string topic, std::int32_t partition)
    : through_(through), name_(std::move(topic)), partition_(partition), topic_(through.topic(name_))
{
}

partition_reader::~partition_reader()
{
    if (started_)
        through_.run(stop_timeout,
                     [topic = topic_, which = partition_](rd_kafka_t*) { rd_kafka_consume_stop(topic, which); });
}

result<void> partition_reader::start()
{
    return start(RD_KAFKA_OFFSET_BEGINNING, -1);
}

result<void> partition_reader::start(std::int64_t begin, std::int64_t end)
{
    end_ = end;
    if (rd_kafka_consume_start(topic_, partition_, begin) != 0)
        return explain(name_, rd_kafka_last_error());
    started_ = true;
    return {};
}

result<message_handle> partition_reader::next(clock::time_point deadline)
{
    while (!ended_) {
        message_handle message(rd_kafka_consume(topic_, partition_, poll_ms));
        if (message && message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
            ended_ = is_at_end(message->offset);
        else if (message && message->err != RD_KAFKA_RESP_ERR_NO_ERROR)
            return explain(name_, message->err, rd_kafka_message_errstr(message.get()));
        else if (message && end_ >= 0 && message->offset >= end_)
            ended_ = true;
        else if (message)
            return message;
        if (!ended_ && clock::now() >= deadline)
            return failure{failure_kind::unavailable, name_ + ": its end was not reached in time" + reason()};
    }
    return message_handle();
}

// The high watermark of the first answer; the end that a read_committed consumer is told may lie before it.
bool partition_reader::is_at_end(std::int64_t offset)
{
    std::int64_t low = 0;
    std::int64_t high = 0;
    if (end_ < 0 && rd_kafka_get_watermark_offsets(through_.get(), name_.c_str(), partition_, &low, &high) ==
                        RD_KAFKA_RESP_ERR_NO_ERROR)
        end_ = std::max<std::int64_t>(high, 0);
    return offset >= end_;
}

std::string partition_reader::reason() const
{
    auto const problem = through_.log().last_problem();
    return problem.empty() ? problem : ": " + problem;
}

}  // namespace bbstream::kafka
