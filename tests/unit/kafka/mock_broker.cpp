#include "mock_broker.hpp"

#include "kafka/topics.hpp"

#include <stdexcept>
#include <vector>

namespace bbstream::test {

namespace {

constexpr std::int32_t only_broker = 1;

}  // namespace

mock_broker::mock_broker()
{
    char why[512] = {};
    handle_ = rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), why, sizeof why);
    if (handle_ == nullptr)
        throw std::runtime_error(why);
    cluster_ = rd_kafka_mock_cluster_new(handle_, 1);
    config::kafka defaults;
    defaults.topics_partitions = 2;
    auto topics = kafka::event_topics(defaults);
    topics.push_back(kafka::cursor_topic_spec(defaults));
    for (auto const& each : topics)
        rd_kafka_mock_topic_create(cluster_, each.name.c_str(), each.partitions, 1);
}

mock_broker::~mock_broker()
{
    rd_kafka_mock_cluster_destroy(cluster_);
    rd_kafka_destroy(handle_);
}

config::kafka mock_broker::config() const
{
    config::kafka made;
    made.properties["bootstrap.servers"] = rd_kafka_mock_cluster_bootstraps(cluster_);
    made.properties["reconnect.backoff.max.ms"] = "100";
    return made;
}

void mock_broker::fail(std::int16_t api_key, std::initializer_list<rd_kafka_resp_err_t> with)
{
    std::vector<rd_kafka_resp_err_t> const errors(with);
    rd_kafka_mock_push_request_errors_array(cluster_, api_key, errors.size(), errors.data());
}

void mock_broker::set_round_trip(int milliseconds)
{
    rd_kafka_mock_broker_set_rtt(cluster_, only_broker, milliseconds);
}

void mock_broker::set_up(bool up)
{
    if (up)
        rd_kafka_mock_broker_set_up(cluster_, only_broker);
    else
        rd_kafka_mock_broker_set_down(cluster_, only_broker);
}

}  // namespace bbstream::test
