#include "kafka/partitions.hpp"

#include "kafka/error.hpp"
#include "kafka/topic_setup.hpp"

#include <chrono>
#include <thread>

namespace bbstream::kafka {

namespace {

constexpr std::chrono::milliseconds ask_again{50};

using list_handle = handle<rd_kafka_topic_partition_list_t, rd_kafka_topic_partition_list_destroy>;

result<void> add_partitions(std::vector<partition>& to, client& through, std::string const& topic,
                            timeouts const& within)
{
    auto const count = count_partitions(through, topic, within);
    if (!count)
        return count.error();
    for (std::int32_t number = 0; number < *count; ++number)
        to.push_back({topic, number});
    return {};
}

// The answer keeps the order of the question.
result<std::vector<std::int64_t>> ask_offsets(client& through, std::vector<partition> const& of, std::int64_t time,
                                              timeouts const& within)
{
    list_handle const list(rd_kafka_topic_partition_list_new(static_cast<int>(of.size())));
    for (auto const& each : of)
        rd_kafka_topic_partition_list_add(list.get(), each.topic.c_str(), each.number)->offset = time;
    auto const code = rd_kafka_offsets_for_times(through.get(), list.get(), static_cast<int>(within.topics.count()));
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return explain("the offsets of partitions", code);
    std::vector<std::int64_t> offsets;
    for (int at = 0; at < list->cnt; ++at) {
        auto const& each = list->elems[at];
        if (each.err != RD_KAFKA_RESP_ERR_NO_ERROR)
            return explain(each.topic, each.err);
        offsets.push_back(each.offset);
    }
    return offsets;
}

// A topic that was made just now may lack a leader in the eyes of whoever is asked.
result<std::vector<std::int64_t>> list_offsets(client& through, std::vector<partition> const& of, std::int64_t time,
                                               timeouts const& within)
{
    auto const deadline = std::chrono::steady_clock::now() + within.topics;
    for (;;) {
        auto offsets = ask_offsets(through, of, time, within);
        if (offsets || offsets.error().kind == failure_kind::permanent || std::chrono::steady_clock::now() >= deadline)
            return offsets;
        std::this_thread::sleep_for(ask_again);
    }
}

}  // namespace

result<std::vector<partition>> our_partitions(client& through, config::kafka const& config,
                                              event::topic_set const& topics, timeouts const& within)
{
    std::vector<partition> all;
    for (std::size_t topic = 0; topic < event::topic_count; ++topic)
        if (topics.test(topic))
            if (auto const added =
                    add_partitions(all, through, topic_of(config, static_cast<event::topic>(topic)), within);
                !added)
                return added.error();
    if (auto const added = add_partitions(all, through, cursor_topic(config), within); !added)
        return added.error();
    return all;
}

result<std::vector<std::int64_t>> ends_of(client& through, std::vector<partition> const& of, timeouts const& within)
{
    auto ends = list_offsets(through, of, RD_KAFKA_OFFSET_END, within);
    for (std::size_t at = 0; ends && at < of.size(); ++at)
        if ((*ends)[at] < 0)
            return failure{failure_kind::unavailable, of[at].topic + ": its end is not known"};
    return ends;
}

result<std::vector<std::int64_t>> offsets_since(client& through, std::vector<partition> const& of, std::int64_t since,
                                                timeouts const& within)
{
    return list_offsets(through, of, since, within);
}

}  // namespace bbstream::kafka
