// The peer of the Kafka benchmark: librdkafka's own idempotent producer, without journal, fold or transactions. It
// sends the events of a file, one a line, over and over, with the key and the headers that bbstream gives them.
#include <librdkafka/rdkafka.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace {

void set(rd_kafka_conf_t* conf, char const* name, char const* value)
{
    char error[512];
    if (rd_kafka_conf_set(conf, name, value, error, sizeof error) != RD_KAFKA_CONF_OK) {
        std::cerr << error << '\n';
        std::exit(1);
    }
}

// "attribute":"value" pairs before the data become the headers; the partition key is one of them.
std::string attribute(std::string const& event, std::string const& name)
{
    auto const mark = "\"" + name + "\":\"";
    auto const at = event.find(mark);
    if (at == std::string::npos)
        return {};
    auto const begin = at + mark.size();
    return event.substr(begin, event.find('"', begin) - begin);
}

// An event as it is sent, made ready beforehand.
struct prepared {
    std::string key;
    std::string value;
    rd_kafka_headers_t* headers = nullptr;
};

prepared prepare(std::string event)
{
    prepared made{attribute(event, "partitionkey"), {}, rd_kafka_headers_new(24)};
    auto const add = [&](std::string const& name, std::string const& value) {
        rd_kafka_header_add(made.headers, name.data(), -1, value.data(), static_cast<ssize_t>(value.size()));
    };
    add("content-type", "application/cloudevents+json; charset=UTF-8");
    for (auto const* name :
         {"specversion",  "id",       "source",       "type",          "subject",   "time",           "dataschema",
          "partitionkey", "sequence", "recordedtime", "correlationid", "authtype",  "authid",         "bbproduct",
          "bbinstance",   "bborigin", "bbeventkey",   "bbdeliveryid",  "bbattempt", "bbreceivedtime", "bbtimebasis",
          "traceparent"})
        if (auto const value = attribute(event, name); !value.empty())
            add(std::string("ce_") + name, value);
    made.value = std::move(event);
    return made;
}

std::vector<prepared> events_of(char const* path)
{
    std::vector<prepared> events;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);)
        events.push_back(prepare(std::move(line)));
    return events;
}

std::uint64_t failed = 0;

void delivered(rd_kafka_t*, rd_kafka_message_t const* message, void*)
{
    failed += message->err != RD_KAFKA_RESP_ERR_NO_ERROR;
}

rd_kafka_t* connect(char const* address)
{
    auto* const conf = rd_kafka_conf_new();
    set(conf, "bootstrap.servers", address);
    set(conf, "enable.idempotence", "true");
    set(conf, "acks", "all");
    set(conf, "partitioner", "murmur2_random");
    set(conf, "linger.ms", "5");
    set(conf, "compression.type", "lz4");
    set(conf, "queue.buffering.max.messages", "100000");
    rd_kafka_conf_set_dr_msg_cb(conf, delivered);
    char error[512];
    auto* const producer = rd_kafka_new(RD_KAFKA_PRODUCER, conf, error, sizeof error);
    if (!producer) {
        std::cerr << error << '\n';
        std::exit(1);
    }
    return producer;
}

// librdkafka's macros cast in C's way.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
void send(rd_kafka_t* producer, char const* topic, prepared const& event)
{
    auto* const headers = rd_kafka_headers_copy(event.headers);
    auto const produce = [&] {
        return rd_kafka_producev(producer, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_KEY(event.key.data(), event.key.size()),
                                 RD_KAFKA_V_VALUE(const_cast<char*>(event.value.data()), event.value.size()),
                                 RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_END);
    };
    auto outcome = produce();
    for (; outcome == RD_KAFKA_RESP_ERR__QUEUE_FULL; outcome = produce())
        rd_kafka_poll(producer, 10);
    if (outcome != RD_KAFKA_RESP_ERR_NO_ERROR) {
        ++failed;
        rd_kafka_headers_destroy(headers);  // ours still: only what was taken over is librdkafka's
    }
    rd_kafka_poll(producer, 0);
}
#pragma GCC diagnostic pop

}  // namespace

int main(int argc, char** argv)
{
    if (argc != 5) {
        std::cerr << "usage: plain_producer ADDRESS TOPIC COUNT FILE\n";
        return 2;
    }
    auto const events = events_of(argv[4]);
    auto const count = std::strtoull(argv[3], nullptr, 10);
    auto* const producer = connect(argv[1]);
    if (events.empty())
        return 1;
    send(producer, argv[2], events[0]);  // connects, and finds the topic
    rd_kafka_flush(producer, 30'000);
    auto const begin = std::chrono::steady_clock::now();
    for (std::uint64_t at = 0; at < count; ++at)
        send(producer, argv[2], events[at % events.size()]);
    rd_kafka_flush(producer, 120'000);
    std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begin;
    std::cout << static_cast<std::uint64_t>(static_cast<double>(count) / took.count()) << '\n';
    rd_kafka_destroy(producer);
    return failed ? 1 : 0;
}
