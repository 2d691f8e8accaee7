#include "kafka/connect.hpp"

#include "kafka/topics.hpp"

#include <utility>

namespace bbstream::kafka {

result<std::unique_ptr<client>> connect_reader(connection const& with, isolation of)
{
    auto settings = make_reader_settings(with.properties, of);
    if (!settings)
        return settings.error();
    return client::make(RD_KAFKA_CONSUMER, std::move(*settings), with.log, nullptr, with.handles);
}

result<std::unique_ptr<producer>> connect_producer(connection const& with, producer_settings const& settings)
{
    auto conf = make_producer_settings(with.config, with.properties, settings);
    if (!conf)
        return conf.error();
    destinations to;
    for (std::size_t topic = 0; topic < to.events.size(); ++topic)
        if (with.topics.test(topic))
            to.events[topic] = topic_of(with.config, static_cast<event::topic>(topic));
    to.cursor = cursor_topic(with.config);
    auto made = producer::make(std::move(*conf), with.config.transactions, to, with.within, with.log, with.handles);
    if (!made)
        return made.error();
    if (auto const ready = (*made)->init(); !ready)
        return ready.error();
    return made;
}

}  // namespace bbstream::kafka
