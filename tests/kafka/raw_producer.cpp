#include "raw_producer.hpp"

#include <chrono>
#include <stdexcept>
#include <thread>

namespace bbstream::test {

namespace {

using namespace bbstream::kafka;

constexpr int request_ms = 30'000;

void require(bool holds, std::string const& what)
{
    if (!holds)
        throw std::runtime_error("raw producer: " + what);
}

void require_none(rd_kafka_error_t* error)
{
    error_handle const owned(error);
    require(error == nullptr, error == nullptr ? "" : rd_kafka_error_string(error));
}

handle<rd_kafka_t, rd_kafka_destroy> make(std::map<std::string, std::string> const& settings)
{
    conf_handle conf(rd_kafka_conf_new());
    char why[512] = {};
    for (auto const& [name, value] : settings)
        require(rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), why, sizeof why) == RD_KAFKA_CONF_OK, why);
    handle<rd_kafka_t, rd_kafka_destroy> made(rd_kafka_new(RD_KAFKA_PRODUCER, conf.get(), why, sizeof why));
    require(made != nullptr, why);
    conf.release();
    return made;
}

void* bytes_of(std::string const& text)
{
    return const_cast<char*>(text.data());
}

}  // namespace

raw_producer::raw_producer(std::string const& address, std::string const& transactional_id)
    : handle_(make({{"bootstrap.servers", address}, {"transactional.id", transactional_id}, {"log_level", "0"}}))
{
    require_none(rd_kafka_init_transactions(handle_.get(), request_ms));
}

void raw_producer::begin()
{
    require_none(rd_kafka_begin_transaction(handle_.get()));
}

void raw_producer::send(std::string const& topic, std::string const& key, std::string const& value,
                        std::int32_t partition)
{
    rd_kafka_vu_t message[5] = {};
    message[0].vtype = RD_KAFKA_VTYPE_TOPIC;
    message[0].u.cstr = topic.c_str();
    message[1].vtype = RD_KAFKA_VTYPE_KEY;
    message[1].u.mem = {bytes_of(key), key.size()};
    message[2].vtype = RD_KAFKA_VTYPE_VALUE;
    message[2].u.mem = {bytes_of(value), value.size()};
    message[3].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
    message[3].u.i = RD_KAFKA_MSG_F_COPY;
    message[4].vtype = RD_KAFKA_VTYPE_PARTITION;
    message[4].u.i32 = partition;
    require_none(rd_kafka_produceva(handle_.get(), message, 5));
    auto const code = rd_kafka_flush(handle_.get(), request_ms);
    require(code == RD_KAFKA_RESP_ERR_NO_ERROR, rd_kafka_err2str(code));
}

void raw_producer::commit()
{
    require_none(rd_kafka_commit_transaction(handle_.get(), request_ms));
}

void raw_producer::abort()
{
    require_none(rd_kafka_abort_transaction(handle_.get(), request_ms));
}

// The broker learns of a topic after the one who made it.
static bool is_led(rd_kafka_t* through, std::string const& name, int partitions)
{
    struct rd_kafka_metadata const* all = nullptr;
    if (rd_kafka_metadata(through, 1, nullptr, &all, request_ms) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return false;
    int led = 0;
    for (int at = 0; at < all->topic_cnt; ++at)
        if (name == all->topics[at].topic)
            for (int partition = 0; partition < all->topics[at].partition_cnt; ++partition)
                led += all->topics[at].partitions[partition].leader >= 0;
    rd_kafka_metadata_destroy(all);
    return led == partitions;
}

void create_topic(std::string const& address, std::string const& name, int partitions,
                  std::map<std::string, std::string> const& settings)
{
    auto const client = make({{"bootstrap.servers", address}, {"log_level", "0"}});
    char why[512] = {};
    new_topic_handle const topic(rd_kafka_NewTopic_new(name.c_str(), partitions, -1, why, sizeof why));
    require(topic != nullptr, why);
    for (auto const& [setting, value] : settings)
        rd_kafka_NewTopic_set_config(topic.get(), setting.c_str(), value.c_str());
    admin_options_handle const options(rd_kafka_AdminOptions_new(client.get(), RD_KAFKA_ADMIN_OP_CREATETOPICS));
    queue_handle const queue(rd_kafka_queue_new(client.get()));
    rd_kafka_NewTopic_t* topics[] = {topic.get()};
    rd_kafka_CreateTopics(client.get(), topics, 1, options.get(), queue.get());
    event_handle const answer(rd_kafka_queue_poll(queue.get(), request_ms));
    require(answer != nullptr, "no answer to the creation of " + name);
    std::size_t count = 0;
    auto const* const results =
        rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(answer.get()), &count);
    require(count == 1 && rd_kafka_topic_result_error(results[0]) == RD_KAFKA_RESP_ERR_NO_ERROR,
            name + " can't be created");
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(request_ms);
    while (!is_led(client.get(), name, partitions)) {
        require(std::chrono::steady_clock::now() < deadline, name + " is not there in time");
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

}  // namespace bbstream::test
