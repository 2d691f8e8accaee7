#include "hanging_writer.hpp"

#include "kafka/handles.hpp"

#include <boost/crc.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>

namespace bbstream::test {

namespace {

using namespace bbstream::kafka;

constexpr std::int16_t api_produce = 0;
constexpr std::int16_t api_init_producer_id = 22;
constexpr std::int16_t transactional = 0x10;
constexpr std::int32_t request_ms = 30'000;
constexpr std::chrono::seconds patience{60};

void require(bool holds, std::string const& what)
{
    if (!holds)
        throw std::runtime_error("hanging writer: " + what);
}

// The protocol's primitive types, big-endian.
template <class Number>
void put(std::string& to, Number number)
{
    for (int shift = 8 * (sizeof number - 1); shift >= 0; shift -= 8)
        to += static_cast<char>(static_cast<std::uint64_t>(number) >> shift);
}

void put_string(std::string& to, std::string const& text)
{
    put(to, static_cast<std::int16_t>(text.size()));
    to += text;
}

void put_varint(std::string& to, std::int64_t number)
{
    auto left = static_cast<std::uint64_t>(number) << 1 ^ static_cast<std::uint64_t>(number >> 63);
    for (; left >= 0x80; left >>= 7)
        to += static_cast<char>(left | 0x80);
    to += static_cast<char>(left);
}

void put_bytes(std::string& to, std::string const& bytes)
{
    put_varint(to, static_cast<std::int64_t>(bytes.size()));
    to += bytes;
}

template <class Number>
Number take(std::string& from)
{
    require(from.size() >= sizeof(Number), "a short answer");
    std::uint64_t number = 0;
    for (std::size_t at = 0; at < sizeof(Number); ++at)
        number = number << 8 | static_cast<unsigned char>(from[at]);
    from.erase(0, sizeof(Number));
    return static_cast<Number>(number);
}

std::int64_t now_ms()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

int connect_to(std::string const& address)
{
    auto const colon = address.rfind(':');
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1))));
    require(::inet_pton(AF_INET, address.substr(0, colon).c_str(), &to.sin_addr) == 1, address);
    int const made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    require(made >= 0 && ::connect(made, reinterpret_cast<sockaddr const*>(&to), sizeof to) == 0, "no connection");
    return made;
}

std::string receive(int socket, std::size_t size)
{
    std::string bytes(size, '\0');
    for (std::size_t got = 0; got < size;) {
        auto const more = ::recv(socket, bytes.data() + got, size - got, 0);
        require(more > 0, "the broker has hung up");
        got += static_cast<std::size_t>(more);
    }
    return bytes;
}

std::uint32_t crc32c(std::string const& bytes)
{
    boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
    crc.process_bytes(bytes.data(), bytes.size());
    return crc.checksum();
}

}  // namespace

void switch_verification_off(std::string const& address)
{
    conf_handle conf(rd_kafka_conf_new());
    char why[512] = {};
    rd_kafka_conf_set(conf.get(), "bootstrap.servers", address.c_str(), why, sizeof why);
    handle<rd_kafka_t, rd_kafka_destroy> const client(rd_kafka_new(RD_KAFKA_PRODUCER, conf.release(), why, sizeof why));
    require(client != nullptr, why);
    config_resource_handle const broker(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_BROKER, "1"));
    rd_kafka_ConfigResource_set_config(broker.get(), "transaction.partition.verification.enable", "false");
    rd_kafka_ConfigResource_t* resources[] = {broker.get()};
    queue_handle const queue(rd_kafka_queue_new(client.get()));
    rd_kafka_AlterConfigs(client.get(), resources, 1, nullptr, queue.get());
    event_handle const answer(rd_kafka_queue_poll(queue.get(), request_ms));
    require(answer != nullptr && rd_kafka_event_error(answer.get()) == RD_KAFKA_RESP_ERR_NO_ERROR,
            "verification can't be switched off");
}

hanging_writer::hanging_writer(std::string const& address, std::string const& transactional_id)
    : socket_(connect_to(address)), transactional_id_(transactional_id)
{
    init();
}

hanging_writer::~hanging_writer()
{
    ::close(socket_);
}

// What is still going on under that name is ended first, and the broker says so until it is.
void hanging_writer::init()
{
    std::string body;
    put_string(body, transactional_id_);
    put(body, request_ms);
    for (auto const deadline = std::chrono::steady_clock::now() + patience;;) {
        auto answer = ask(api_init_producer_id, 1, body);
        take<std::int32_t>(answer);  // throttle
        auto const error = take<std::int16_t>(answer);
        producer_ = take<std::int64_t>(answer);
        epoch_ = take<std::int16_t>(answer);
        if (error == 0)
            return;
        require(std::chrono::steady_clock::now() < deadline, "InitProducerId: error " + std::to_string(error));
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

std::string hanging_writer::ask(std::int16_t api, std::int16_t version, std::string const& body)
{
    std::string request;
    put(request, api);
    put(request, version);
    put(request, std::int32_t{1});  // correlation
    put_string(request, "hanging-writer");
    request += body;
    std::string framed;
    put(framed, static_cast<std::int32_t>(request.size()));
    framed += request;
    require(::send(socket_, framed.data(), framed.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(framed.size()), "send");
    auto size = receive(socket_, sizeof(std::int32_t));
    auto answer = receive(socket_, static_cast<std::size_t>(take<std::int32_t>(size)));
    take<std::int32_t>(answer);  // correlation
    return answer;
}

std::string hanging_writer::batch_of(std::int32_t sequence, std::string const& key, std::string const& value) const
{
    std::string record;
    record += '\0';         // attributes
    put_varint(record, 0);  // timestamp delta
    put_varint(record, 0);  // offset delta
    put_bytes(record, key);
    put_bytes(record, value);
    put_varint(record, 0);  // headers

    std::string checked;
    put(checked, transactional);
    put(checked, std::int32_t{0});  // last offset delta
    put(checked, now_ms());
    put(checked, now_ms());
    put(checked, producer_);
    put(checked, epoch_);
    put(checked, sequence);
    put(checked, std::int32_t{1});  // records
    put_bytes(checked, record);

    std::string batch;
    put(batch, std::int64_t{0});                                        // base offset
    put(batch, static_cast<std::int32_t>(4 + 1 + 4 + checked.size()));  // what follows
    put(batch, std::int32_t{-1});                                       // leader epoch
    batch += '\2';                                                      // magic
    put(batch, crc32c(checked));
    return batch + checked;
}

void hanging_writer::write(std::string const& topic, std::int32_t partition, std::string const& key,
                           std::string const& value)
{
    auto const batch = batch_of(sequences_[{topic, partition}]++, key, value);
    std::string body;
    put_string(body, transactional_id_);
    put(body, std::int16_t{-1});  // acks: all
    put(body, request_ms);
    put(body, std::int32_t{1});
    put_string(body, topic);
    put(body, std::int32_t{1});
    put(body, partition);
    put(body, static_cast<std::int32_t>(batch.size()));
    body += batch;
    auto answer = ask(api_produce, 3, body);
    take<std::int32_t>(answer);  // topics
    answer.erase(0, static_cast<std::size_t>(take<std::int16_t>(answer)));
    take<std::int32_t>(answer);  // partitions
    take<std::int32_t>(answer);
    auto const error = take<std::int16_t>(answer);
    require(error == 0, topic + ": error " + std::to_string(error));
}

}  // namespace bbstream::test
