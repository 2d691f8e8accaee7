#include "kafka/kafka_reader.hpp"

#include "config/secret.hpp"
#include "kafka/cursor_reader.hpp"
#include "kafka/error.hpp"
#include "kafka/message.hpp"
#include "kafka/settings.hpp"
#include "kafka/topic_setup.hpp"
#include "kafka/topics.hpp"

#include <utility>

namespace bbstream::kafka {

namespace {

using clock = std::chrono::steady_clock;

// Of what is fetched ahead, for each of some 80 partitions.
constexpr char const* partition_kbytes_max = "1024";
constexpr char const* fetch_bytes_max = "262144";

}  // namespace

kafka_reader::kafka_reader(config::kafka config, std::string node, timeouts within, event::topic_set const& topics)
    : config_(std::move(config)), node_(std::move(node)), within_(within), topics_(topics)
{
}

kafka_reader::~kafka_reader()
{
    close();
    wait_for_handles(handles_, within_.close);
}

// Partitions before the handle that they are read through.
void kafka_reader::close()
{
    partitions_.clear();
    sources_.clear();
    client_.reset();
}

result<std::unique_ptr<client>> kafka_reader::connect()
{
    auto const properties = config::resolve_properties(config_);
    if (!properties)
        return failure{failure_kind::permanent, properties.error().message};
    log_->begin(secrets_of(*properties));
    auto settings = make_reader_settings(*properties);
    if (!settings)
        return settings.error();
    char why[512] = {};
    rd_kafka_conf_set(settings->get(), "queued.max.messages.kbytes", partition_kbytes_max, why, sizeof why);
    rd_kafka_conf_set(settings->get(), "fetch.message.max.bytes", fetch_bytes_max, why, sizeof why);
    return client::make(RD_KAFKA_CONSUMER, std::move(*settings), log_, nullptr, handles_);
}

// The cursor first, on a handle of its own: what it covers lies in the partitions before the ends that they have then.
result<sink::stored_cursor> kafka_reader::open()
{
    close();
    auto cursor = read_cursor_back();
    if (!cursor)
        return cursor.error();
    auto connected = connect();
    if (!connected)
        return connected.error();
    client_ = std::move(*connected);
    for (std::size_t topic = 0; topic < event::topic_count; ++topic)
        if (topics_.test(topic))
            if (auto const started = start_topic(static_cast<event::topic>(topic)); !started)
                return started.error();
    return *cursor;
}

result<sink::stored_cursor> kafka_reader::read_cursor_back()
{
    auto const through = connect();
    if (!through)
        return through.error();
    auto const topic = cursor_topic(config_);
    auto const partitions = count_partitions(**through, topic, within_);
    if (!partitions)
        return partitions.error();
    if (*partitions == 0)
        return sink::stored_cursor();
    auto const found = read_cursor_topic(**through, topic, node_, within_.read_cursor);
    return found ? result<sink::stored_cursor>(found->cursor) : found.error();
}

result<void> kafka_reader::start_topic(event::topic which)
{
    auto const count = count_partitions(*client_, topic_of(config_, which), within_);
    if (!count)
        return count.error();
    for (std::int32_t number = 0; number < *count; ++number)
        if (auto const started = start_partition(which, number); !started)
            return started;
    return {};
}

result<void> kafka_reader::start_partition(event::topic which, std::int32_t number)
{
    auto const topic = topic_of(config_, which);
    std::int64_t low = 0;
    std::int64_t high = 0;
    if (auto const code = rd_kafka_query_watermark_offsets(client_->get(), topic.c_str(), number, &low, &high,
                                                           static_cast<int>(within_.topics.count()));
        code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return explain(topic, code);
    auto& source = sources_.emplace_back();
    source.name = topic + " [" + std::to_string(number) + "]";
    source.topics.set(static_cast<std::size_t>(which));
    source.begins_late = low > 0;
    partitions_.push_back({std::make_unique<partition_reader>(*client_, topic, number), nullptr, {}});
    return partitions_.back().reader->start();
}

result<std::optional<sink::read_event>> kafka_reader::next(std::size_t source)
{
    auto& from = partitions_[source];
    auto message = from.reader->next(clock::now() + within_.read_cursor);
    if (!message)
        return message.error();
    from.message = std::move(*message);
    if (!from.message)
        return std::optional<sink::read_event>();
    return std::optional(event_of(*from.message, from.headers));
}

}  // namespace bbstream::kafka
