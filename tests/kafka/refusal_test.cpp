// Events whose content a real broker refuses.
#include "broker.hpp"
#include "consumer.hpp"
#include "kafka/kafka_replayer.hpp"
#include "kafka/kafka_sink.hpp"
#include "kafka/topics.hpp"
#include "raw_producer.hpp"
#include "sink_helpers.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::test;
using kafka::kafka_sink;

namespace {

constexpr std::uint64_t large_record = 7;

// Ten events, one of them of so many bytes.
event::batch with_one_of(std::size_t bytes)
{
    event::batch batch;
    for (std::uint64_t sequence = 1; sequence <= 10; ++sequence)
        append(batch, {event::topic::commit,
                       {sequence, 2},
                       "cloud:1",
                       sample_value(1, {sequence, 2}, std::string(sequence == large_record ? bytes : 10, 'x')),
                       {}});
    return batch;
}

event::batch without_it()
{
    event::batch batch;
    auto const all = with_one_of(10);
    for (std::size_t at = 0; at < all.size(); ++at)
        if (all[at].position.sequence != large_record)
            append(batch, {all[at].topic, all[at].position, std::string(all[at].key), std::string(all[at].value), {}});
    return batch;
}

void require_refusal(kafka_sink const& sink, result<void> const& failed, config::kafka const& config)
{
    BOOST_REQUIRE(!failed);
    BOOST_TEST((failed.error().kind == failure_kind::permanent));
    BOOST_TEST(failed.error().message.find(config.topic_prefix + ".commit.v1") != std::string::npos,
               failed.error().message);
    BOOST_TEST(failed.error().message.find("record 7, event 2") != std::string::npos, failed.error().message);
    BOOST_TEST_REQUIRE(sink.refused().has_value());
    BOOST_TEST((*sink.refused() == event::position{large_record, 2}));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(refusals)

BOOST_AUTO_TEST_CASE(an_event_too_large_for_the_client_is_named)
{
    for (bool const transactions : {true, false}) {
        auto config = fresh_config(transactions ? "large" : "large-plain");
        config.transactions = transactions;
        kafka_sink sink(config, "a");
        BOOST_REQUIRE(sink.open());
        require_refusal(sink, sink.publish(with_one_of(1'200'000), cursor_at(10)), config);
        auto const point = sink.open();
        BOOST_REQUIRE(point);
        BOOST_TEST(!point->has_value());
        BOOST_REQUIRE(sink.publish(without_it(), cursor_at(10)));
        BOOST_TEST(!sink.refused().has_value());
    }
}

// The broker refuses batches as a whole: which event it was shows when they are sent one by one.
BOOST_AUTO_TEST_CASE(an_event_too_large_for_the_broker_is_found_among_others)
{
    for (bool const transactions : {true, false}) {
        auto config = fresh_config(transactions ? "found" : "found-plain");
        config.transactions = transactions;
        config.properties["compression.codec"] = "none";  // the event would fit
        create_topic(broker_address(), config.topic_prefix + ".commit.v1", 4, {{"max.message.bytes", "20000"}});
        kafka_sink sink(config, "a");
        BOOST_REQUIRE(sink.open());
        auto failed = sink.publish(with_one_of(30'000), cursor_at(10));
        BOOST_REQUIRE(!failed);
        if (!sink.refused()) {
            BOOST_TEST((failed.error().kind == failure_kind::unavailable), failed.error().message);
            BOOST_REQUIRE(sink.open());
            failed = sink.publish(with_one_of(30'000), cursor_at(10));
        }
        require_refusal(sink, failed, config);
        auto const point = sink.open();
        BOOST_REQUIRE(point);
        BOOST_TEST(!point->has_value());
        BOOST_REQUIRE(sink.publish(without_it(), cursor_at(10)));
        if (transactions)
            BOOST_TEST(consume(broker_address(), config.topic_prefix + ".commit.v1").size() == 9u);
        BOOST_TEST((*sink.open())->sequence == 10u);
    }
}

BOOST_AUTO_TEST_CASE(a_replay_finds_it_at_once_and_goes_on)
{
    for (bool const transactions : {true, false}) {
        auto config = fresh_config(transactions ? "again" : "again-plain");
        config.transactions = transactions;
        config.properties["compression.codec"] = "none";
        create_topic(broker_address(), config.topic_prefix + ".commit.v1", 4, {{"max.message.bytes", "20000"}});
        kafka::kafka_replayer to(config, "a");
        BOOST_REQUIRE(to.open());
        auto const failed = to.put(with_one_of(30'000));
        BOOST_REQUIRE(!failed);
        BOOST_TEST((failed.error().kind == failure_kind::permanent), failed.error().message);
        BOOST_TEST_REQUIRE(to.refused().has_value());
        BOOST_TEST((*to.refused() == event::position{large_record, 2}));
        BOOST_REQUIRE(to.put(without_it()));
        BOOST_TEST(!to.refused().has_value());
        if (transactions)
            BOOST_TEST(consume(broker_address(), config.topic_prefix + ".commit.v1").size() == 9u);
    }
}

BOOST_AUTO_TEST_CASE(batches_fit_the_smallest_topic)
{
    auto const config = fresh_config("fit");
    create_topic(broker_address(), config.topic_prefix + ".commit.v1", 4, {{"max.message.bytes", "20000"}});
    kafka_sink sink(config, "a");
    BOOST_REQUIRE(sink.open());
    auto const done = sink.publish(events_of(1, 500, 3, 1'000), cursor_at(500));
    BOOST_TEST_REQUIRE(done.has_value(), (done ? "" : done.error().message));
    BOOST_TEST(consume(broker_address(), config.topic_prefix + ".commit.v1").size() == 500u);
}

BOOST_AUTO_TEST_SUITE_END()
