// A sink that lives through deaths and returns of its broker.
#include "broker.hpp"
#include "consumer.hpp"
#include "kafka/kafka_sink.hpp"
#include "kafka/topics.hpp"
#include "sink_helpers.hpp"
#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <map>
#include <thread>

using namespace bbstream;
using namespace bbstream::test;
using kafka::kafka_sink;

namespace {

// Publishes records 1, 2, 3... as flow::delivery does, until told to stop; gives the last one published.
std::uint64_t publish_until(kafka_sink& sink, std::atomic<bool> const& stop, std::atomic<std::uint64_t>& done)
{
    bool is_open = false;
    while (!stop || !is_open) {
        if (!is_open) {
            auto const point = sink.open();
            if (!point && point.error().kind == failure_kind::permanent)
                throw std::runtime_error(point.error().message);
            if (!point)
                continue;
            is_open = true;
            done = *point ? (*point)->sequence : 0;
            continue;
        }
        std::uint64_t const end = done + 50;
        is_open = sink.publish(events_of(done + 1, end), cursor_at(end)).has_value();
        if (is_open)
            done = end;
    }
    return done;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(broker_restarts)

BOOST_AUTO_TEST_CASE(a_killed_broker_loses_and_doubles_nothing)
{
    temporary_directory const directory;
    own_broker broker(directory.file("broker"));
    config::kafka config;
    config.topic_prefix = "restart";
    config.topics_partitions = 4;
    config.properties["bootstrap.servers"] = broker.address();
    kafka::timeouts within;
    within.topics = within.init_transactions = within.publish = within.read_cursor = std::chrono::seconds(3);
    kafka_sink sink(config, "a", within);

    std::atomic<bool> stop = false;
    std::atomic<std::uint64_t> done = 0;
    std::uint64_t last = 0;
    std::thread publisher([&] { last = publish_until(sink, stop, done); });
    for (int kills = 0; kills < 3; ++kills) {
        auto const before = done.load();
        while (done < before + 500)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        broker.kill();
        // Short for the first time, then longer than the sink's patience.
        std::this_thread::sleep_for(std::chrono::seconds(kills == 0 ? 0 : 5));
        broker.start();
    }
    auto const before = done.load();
    while (done < before + 500)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    stop = true;
    publisher.join();

    auto const all = consume(broker.address(), kafka::topic_of(config, event::topic::commit));
    BOOST_TEST(all.size() == last);
    std::map<std::string, std::string> newest;
    for (auto const& each : all) {
        BOOST_TEST((newest[each.key] < each.value), each.key);
        newest[each.key] = each.value;
    }
}

BOOST_AUTO_TEST_SUITE_END()
