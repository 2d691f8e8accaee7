#include "consumer.hpp"

#include "kafka/handles.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <stdexcept>
#include <string_view>

namespace bbstream::test {

namespace {

using namespace bbstream::kafka;
using client_handle = handle<rd_kafka_t, rd_kafka_destroy>;
using partitions_handle = handle<rd_kafka_topic_partition_list_t, rd_kafka_topic_partition_list_destroy>;

constexpr int request_ms = 30'000;
constexpr std::chrono::seconds patience{60};

void require(bool holds, std::string const& what)
{
    if (!holds)
        throw std::runtime_error("consumer: " + what);
}

client_handle make_consumer(std::string const& address, std::string const& isolation)
{
    conf_handle conf(rd_kafka_conf_new());
    char why[512] = {};
    for (auto const& [name, value] : std::map<std::string, std::string>{{"bootstrap.servers", address},
                                                                        {"group.id", "bbstream-test"},
                                                                        {"isolation.level", isolation},
                                                                        {"enable.partition.eof", "true"},
                                                                        {"enable.auto.commit", "false"},
                                                                        {"auto.offset.reset", "error"},
                                                                        {"fetch.wait.max.ms", "20"},
                                                                        {"log_level", "0"}})
        require(rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), why, sizeof why) == RD_KAFKA_CONF_OK, why);
    client_handle made(rd_kafka_new(RD_KAFKA_CONSUMER, conf.get(), why, sizeof why));
    require(made != nullptr, why);
    conf.release();
    rd_kafka_poll_set_consumer(made.get());
    return made;
}

metadata_handle all_topics(rd_kafka_t* through)
{
    rd_kafka_metadata_t const* raw = nullptr;
    auto const code = rd_kafka_metadata(through, 1, nullptr, &raw, request_ms);
    require(code == RD_KAFKA_RESP_ERR_NO_ERROR, rd_kafka_err2str(code));
    return metadata_handle(raw);
}

int partitions_of(rd_kafka_t* through, std::string const& topic)
{
    auto const metadata = all_topics(through);
    for (int at = 0; at < metadata->topic_cnt; ++at)
        if (metadata->topics[at].topic == topic)
            return metadata->topics[at].partition_cnt;
    return 0;
}

consumed copy_of(rd_kafka_message_t const& message)
{
    consumed copy{message.partition,
                  message.offset,
                  std::string(static_cast<char const*>(message.key), message.key_len),
                  std::string(static_cast<char const*>(message.payload), message.len),
                  {}};
    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(&message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR) {
        char const* name = nullptr;
        void const* value = nullptr;
        std::size_t size = 0;
        for (std::size_t at = 0;
             rd_kafka_header_get_all(headers, at, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++at)
            copy.headers.emplace_back(name, std::string(static_cast<char const*>(value), size));
    }
    return copy;
}

// Markers of a commit are written after it is answered; before them lies the end that read_committed shows.
bool is_end(rd_kafka_t* consumer, rd_kafka_message_t const& end)
{
    std::int64_t low = 0;
    std::int64_t high = 0;
    rd_kafka_get_watermark_offsets(consumer, rd_kafka_topic_name(end.rkt), end.partition, &low, &high);
    return end.offset >= high;
}

}  // namespace

std::vector<consumed> consume(std::string const& address, std::string const& topic, std::string const& isolation)
{
    auto const consumer = make_consumer(address, isolation);
    int const partitions = partitions_of(consumer.get(), topic);
    partitions_handle const wanted(rd_kafka_topic_partition_list_new(partitions));
    for (int at = 0; at < partitions; ++at)
        rd_kafka_topic_partition_list_add(wanted.get(), topic.c_str(), at)->offset = RD_KAFKA_OFFSET_BEGINNING;
    rd_kafka_assign(consumer.get(), wanted.get());

    std::vector<consumed> all;
    auto const deadline = std::chrono::steady_clock::now() + patience;
    for (int left = partitions; left > 0;) {
        require(std::chrono::steady_clock::now() < deadline, topic + ": no end in time");
        message_handle const message(rd_kafka_consumer_poll(consumer.get(), 100));
        if (!message)
            continue;
        if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
            left -= is_end(consumer.get(), *message) ? 1 : 0;
            continue;
        }
        require(message->err == RD_KAFKA_RESP_ERR_NO_ERROR, rd_kafka_err2str(message->err));
        all.push_back(copy_of(*message));
    }
    std::sort(all.begin(), all.end(), [](auto const& a, auto const& b) {
        return std::pair(a.partition, a.offset) < std::pair(b.partition, b.offset);
    });
    return all;
}

std::vector<std::string> topics_with_prefix(std::string const& address, std::string const& prefix)
{
    auto const consumer = make_consumer(address, "read_committed");
    auto const metadata = all_topics(consumer.get());
    std::vector<std::string> names;
    for (int at = 0; at < metadata->topic_cnt; ++at)
        if (std::string_view(metadata->topics[at].topic).starts_with(prefix))
            names.emplace_back(metadata->topics[at].topic);
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace bbstream::test
