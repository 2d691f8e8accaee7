#include "kafka/topic_setup.hpp"

#include "kafka/error.hpp"
#include "observe/log.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <thread>

namespace bbstream::kafka {

namespace {

using clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds look_again{50};

int left_until(clock::time_point deadline)
{
    auto const left = std::chrono::duration_cast<milliseconds>(deadline - clock::now()).count();
    return static_cast<int>(std::max<std::int64_t>(left, 1));
}

failure with_reason(failure why, client const& through)
{
    if (auto const problem = through.log().last_problem(); !problem.empty())
        why.message += ": " + problem;
    return why;
}

// The number of partitions that can be written, 0 if the topic does not exist or has a partition without a leader.
struct found_topic {
    bool exists = false;
    std::int32_t usable_partitions = 0;
};

result<found_topic> find_topic(client& through, std::string const& name, clock::time_point deadline)
{
    auto* const topic = through.topic(name);
    if (topic == nullptr)
        return failure{failure_kind::permanent, name + ": not a valid name of a topic"};
    rd_kafka_metadata_t const* raw = nullptr;
    auto const code = rd_kafka_metadata(through.get(), 0, topic, &raw, left_until(deadline));
    metadata_handle const metadata(raw);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return with_reason(explain("the brokers can't be asked for their topics", code), through);
    if (metadata->topic_cnt != 1 || metadata->topics[0].err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
        return found_topic{};
    auto const& about = metadata->topics[0];
    if (fate_of(about.err) == fate::forbidden)
        return explain(name, about.err);
    bool usable = about.err == RD_KAFKA_RESP_ERR_NO_ERROR && about.partition_cnt > 0;
    for (int at = 0; at < about.partition_cnt; ++at)
        usable = usable && about.partitions[at].leader >= 0;
    return found_topic{true, usable ? about.partition_cnt : 0};
}

result<std::vector<topic_spec>> missing_topics(client& through, std::vector<topic_spec> const& wanted,
                                               clock::time_point deadline)
{
    std::vector<topic_spec> missing;
    for (auto const& each : wanted) {
        auto const found = find_topic(through, each.name, deadline);
        if (!found)
            return found.error();
        if (!found->exists)
            missing.push_back(each);
    }
    return missing;
}

failure tell_missing(std::vector<topic_spec> const& missing)
{
    std::string names;
    std::string how;
    for (auto const& each : missing) {
        names += (names.empty() ? "" : ", ") + each.name;
        how += "; kafka-topics.sh --bootstrap-server SERVER --create --topic " + each.name + " --partitions " +
               std::to_string(each.partitions);
        for (auto const& [name, value] : each.settings)
            how += " --config " + name + "=" + value;
    }
    return {failure_kind::permanent,
            "topics are missing: " + names + ". Set kafka.topics.auto_create = true, or create them" + how};
}

admin_options_handle admin_options(client& through, rd_kafka_admin_op_t operation, clock::time_point deadline)
{
    admin_options_handle options(rd_kafka_AdminOptions_new(through.get(), operation));
    char ignored[1];
    rd_kafka_AdminOptions_set_request_timeout(options.get(), left_until(deadline), ignored, sizeof ignored);
    return options;
}

// The answer to an admin request, an error included; nothing when none came in time.
event_handle wait_for_answer(rd_kafka_queue_t* queue, clock::time_point deadline)
{
    return event_handle(rd_kafka_queue_poll(queue, left_until(deadline)));
}

result<void> request_topics(client& through, std::vector<rd_kafka_NewTopic_t*> topics, clock::time_point deadline)
{
    auto const options = admin_options(through, RD_KAFKA_ADMIN_OP_CREATETOPICS, deadline);
    queue_handle const queue(rd_kafka_queue_new(through.get()));
    rd_kafka_CreateTopics(through.get(), topics.data(), topics.size(), options.get(), queue.get());
    auto const answer = wait_for_answer(queue.get(), deadline);
    if (!answer)
        return failure{failure_kind::unavailable, "topics can't be created: no answer"};
    if (auto const code = rd_kafka_event_error(answer.get()); code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return explain("topics can't be created", code, rd_kafka_event_error_string(answer.get()));
    std::size_t count = 0;
    auto const* const results =
        rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(answer.get()), &count);
    for (std::size_t at = 0; at < count; ++at) {
        auto const code = rd_kafka_topic_result_error(results[at]);
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR)
            observe::info("topic created", {{"topic", rd_kafka_topic_result_name(results[at])}});
        else if (code != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
            return explain(std::string("topic ") + rd_kafka_topic_result_name(results[at]) + " can't be created", code,
                           rd_kafka_topic_result_error_string(results[at]));
    }
    return {};
}

result<void> create(client& through, std::vector<topic_spec> const& missing, std::int32_t replication,
                    clock::time_point deadline)
{
    std::vector<new_topic_handle> owned;
    std::vector<rd_kafka_NewTopic_t*> topics;
    for (auto const& each : missing) {
        char why[512] = {};
        owned.emplace_back(rd_kafka_NewTopic_new(each.name.c_str(), each.partitions, replication, why, sizeof why));
        if (!owned.back())
            return failure{failure_kind::permanent, each.name + ": " + why};
        topics.push_back(owned.back().get());
        for (auto const& [name, value] : each.settings)
            rd_kafka_NewTopic_set_config(topics.back(), name.c_str(), value.c_str());
    }
    return request_topics(through, std::move(topics), deadline);
}

// A topic just made is known to some brokers before others, and has no leader at once. Gives the number of partitions.
result<std::int32_t> wait_usable(client& through, std::string const& name, clock::time_point deadline)
{
    for (;;) {
        auto const found = find_topic(through, name, deadline);
        if (!found)
            return found.error();
        if (found->usable_partitions > 0)
            return found->usable_partitions;
        if (clock::now() + look_again >= deadline)
            return failure{failure_kind::unavailable, name + ": has partitions without a leader"};
        std::this_thread::sleep_for(look_again);
    }
}

std::optional<std::string> setting_of(rd_kafka_ConfigResource_t const* topic, std::string_view wanted)
{
    std::size_t count = 0;
    auto const* const entries = rd_kafka_ConfigResource_configs(topic, &count);
    for (std::size_t at = 0; at < count; ++at)
        if (rd_kafka_ConfigEntry_name(entries[at]) == wanted)
            if (auto const* const value = rd_kafka_ConfigEntry_value(entries[at]))
                return value;
    return std::nullopt;
}

event_handle request_settings(client& through, std::vector<topic_spec> const& topics, clock::time_point deadline)
{
    std::vector<config_resource_handle> owned;
    std::vector<rd_kafka_ConfigResource_t*> resources;
    for (auto const& each : topics) {
        owned.emplace_back(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, each.name.c_str()));
        resources.push_back(owned.back().get());
    }
    auto const options = admin_options(through, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, deadline);
    queue_handle const queue(rd_kafka_queue_new(through.get()));
    rd_kafka_DescribeConfigs(through.get(), resources.data(), resources.size(), options.get(), queue.get());
    return wait_for_answer(queue.get(), deadline);
}

// What can't be read is not checked: the right to describe settings is one that a daemon may lack.
result<topic_facts> check_settings(client& through, std::vector<topic_spec> const& topics, std::string const& cursor,
                                   clock::time_point deadline)
{
    topic_facts facts;
    auto const answer = request_settings(through, topics, deadline);
    if (!answer || rd_kafka_event_error(answer.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) {
        observe::info("the settings of topics can't be read, so they are not checked");
        return facts;
    }
    std::size_t count = 0;
    auto const* const resources =
        rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(answer.get()), &count);
    for (std::size_t at = 0; at < count; ++at) {
        auto const* const topic = resources[at];
        if (rd_kafka_ConfigResource_error(topic) != RD_KAFKA_RESP_ERR_NO_ERROR)
            continue;
        auto const policy = setting_of(topic, "cleanup.policy");
        if (rd_kafka_ConfigResource_name(topic) == cursor && policy && *policy != "compact")
            return failure{failure_kind::permanent,
                           cursor + ": has cleanup.policy=" + *policy +
                               ", so the cursor would be lost one day; set it to compact: kafka-configs.sh "
                               "--bootstrap-server SERVER --alter --topic " +
                               cursor + " --add-config cleanup.policy=compact"};
        if (auto const bytes = setting_of(topic, "max.message.bytes")) {
            auto const limit = std::strtoull(bytes->c_str(), nullptr, 10);
            facts.batch_bytes_max =
                facts.batch_bytes_max == 0 ? limit : std::min<std::uint64_t>(facts.batch_bytes_max, limit);
        }
    }
    return facts;
}

}  // namespace

result<std::int32_t> count_partitions(client& through, std::string const& topic, timeouts const& within)
{
    auto const found = find_topic(through, topic, clock::now() + within.topics);
    if (!found)
        return found.error();
    if (found->exists && found->usable_partitions == 0)
        return failure{failure_kind::unavailable, topic + ": has partitions without a leader"};
    return found->usable_partitions;
}

result<topic_facts> set_up_topics(client& through, config::kafka const& config, event::topic_set const& topics,
                                  timeouts const& within)
{
    auto const deadline = clock::now() + within.topics;
    auto const cursor = cursor_topic_spec(config);
    auto wanted = event_topics(config, topics);
    wanted.push_back(cursor);

    auto const missing = missing_topics(through, wanted, deadline);
    if (!missing)
        return missing.error();
    if (!missing->empty()) {
        if (!config.topics_auto_create)
            return tell_missing(*missing);
        if (auto const created = create(through, *missing, config.topics_replication, deadline); !created)
            return created.error();
    }
    for (auto const& each : wanted) {
        auto const partitions = wait_usable(through, each.name, deadline);
        if (!partitions)
            return partitions.error();
        if (each.name == cursor.name && *partitions != 1)
            return failure{failure_kind::permanent,
                           cursor.name + ": has " + std::to_string(*partitions) + " partitions; it must have one"};
    }
    return check_settings(through, wanted, cursor.name, clock::now() + within.topic_settings);
}

}  // namespace bbstream::kafka
