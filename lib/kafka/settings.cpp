#include "kafka/settings.hpp"

#include "config/secret.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace bbstream::kafka {

namespace {

using properties_map = std::map<std::string, std::string>;

constexpr std::uint64_t batch_bytes_default = 1'000'000;  // librdkafka's own

// Without these as they are, events could be lost, doubled, or lie in other partitions than Java's clients expect.
constexpr std::array<std::string_view, 9> ours = {
    "acks",
    "request.required.acks",
    "enable.idempotence",
    "partitioner",
    "enable.gapless.guarantee",
    "delivery.report.only.error",
    "isolation.level",
    "transactional.id",
    "allow.auto.create.topics",
};

properties_map const quiet{{"log.connection.close", "false"}, {"log.thread.name", "false"}};

failure wrong(std::string const& name, std::string const& why)
{
    return {failure_kind::permanent, "kafka.\"" + name + "\": " + why};
}

result<void> set(rd_kafka_conf_t* conf, std::string const& name, std::string const& value)
{
    char why[512] = {};
    if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), why, sizeof why) == RD_KAFKA_CONF_OK)
        return {};
    return wrong(name, config::is_secret_property(name) ? "not accepted by librdkafka" : why);
}

result<conf_handle> make(properties_map const& defaults, properties_map const& users, properties_map const& forced)
{
    for (auto const name : ours)
        if (users.contains(std::string(name)))
            return wrong(std::string(name), "can't be set: the promise of exactly once rests on it");
    conf_handle conf(rd_kafka_conf_new());
    for (auto const* layer : {&defaults, &users, &forced})
        for (auto const& [name, value] : *layer)
            if (auto const done = set(conf.get(), name, value); !done)
                return done.error();
    return conf;
}

std::uint64_t batch_bytes(properties_map const& users, std::uint64_t batch_bytes_max)
{
    std::uint64_t wanted = batch_bytes_default;
    if (auto const found = users.find("batch.size"); found != users.end())
        wanted = std::strtoull(found->second.c_str(), nullptr, 10);
    return batch_bytes_max == 0 ? wanted : std::min(wanted, batch_bytes_max);
}

}  // namespace

std::string transactional_id(config::kafka const& from, std::string const& node)
{
    return "bbstream-" + from.topic_prefix + "-" + node;
}

result<conf_handle> make_producer_settings(config::kafka const& from, properties_map const& properties,
                                           producer_settings const& with)
{
    // After a commit the coordinator is busy for some milliseconds, and the next transaction's first request is tried
    // again after retry.backoff.ms: 100 by default, which is four times as long as all the rest of a transaction.
    // Events of one batch repeat each other's names: lz4 takes their size to a fifth, and the broker's work with it.
    properties_map defaults{
        {"client.id", "bbstream"}, {"retry.backoff.ms", "5"}, {"linger.ms", "2"}, {"compression.codec", "lz4"}};
    defaults.insert(quiet.begin(), quiet.end());
    if (!from.transactions)
        defaults["message.timeout.ms"] = std::to_string(with.delivery_timeout.count());
    properties_map forced{{"enable.idempotence", "true"},
                          {"acks", "all"},
                          {"partitioner", "murmur2_random"},
                          {"delivery.report.only.error", "true"}};
    if (from.transactions)
        forced["transactional.id"] = transactional_id(from, with.node);
    if (auto const bytes = batch_bytes(properties, with.batch_bytes_max); bytes != batch_bytes_default)
        forced["batch.size"] = std::to_string(bytes);
    if (with.one_by_one)
        forced["batch.num.messages"] = "1";
    return make(defaults, properties, forced);
}

result<conf_handle> make_reader_settings(properties_map const& properties, isolation of)
{
    // A follower may lag behind its leader: without a rack every read goes to leaders.
    properties_map defaults{{"client.id", "bbstream"}};
    defaults.insert(quiet.begin(), quiet.end());
    return make(defaults, properties,
                {{"isolation.level", of == isolation::read_committed ? "read_committed" : "read_uncommitted"},
                 {"enable.partition.eof", "true"},
                 {"auto.offset.reset", "earliest"},
                 {"allow.auto.create.topics", "false"},
                 {"check.crcs", "true"},
                 {"client.rack", ""},
                 {"fetch.wait.max.ms", "50"}});
}

std::vector<std::string> secrets_of(properties_map const& properties)
{
    std::vector<std::string> secrets;
    for (auto const& [name, value] : properties)
        if (config::is_secret_property(name) && !value.empty())
            secrets.push_back(value);
    return secrets;
}

}  // namespace bbstream::kafka
