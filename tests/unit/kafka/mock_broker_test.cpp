// The Kafka sink against errors of the broker, one by one.
#include "mock_broker.hpp"

#include "kafka/kafka_sink.hpp"
#include "support/event_batch.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

using namespace bbstream;
using namespace bbstream::test;
using kafka::kafka_sink;

namespace {

// https://kafka.apache.org/protocol#protocol_api_keys
constexpr std::int16_t api_produce = 0;
constexpr std::int16_t api_init_producer_id = 22;
constexpr std::int16_t api_add_partitions = 24;
constexpr std::int16_t api_end_transaction = 26;

kafka::timeouts short_timeouts()
{
    kafka::timeouts within;
    within.topics = within.init_transactions = within.read_cursor = within.publish = std::chrono::milliseconds(3'000);
    within.topic_settings = std::chrono::milliseconds(20);  // the mock does not know them
    within.watchdog_margin = std::chrono::milliseconds(1'000);
    return within;
}

event::batch some_events(std::uint64_t sequence)
{
    event::batch batch;
    for (std::uint32_t index = 0; index < 3; ++index)
        append(batch, {event::topic::commit,
                       {sequence, index},
                       "cloud:" + std::to_string(index),
                       sample_value(1, {sequence, index}, "text"),
                       {}});
    return batch;
}

sink::cursor at(std::uint64_t sequence)
{
    return {{1}, 1, sequence};
}

// After any failure but a refusal: open() and the same again.
void require_recovery(kafka_sink& sink, std::uint64_t sequence)
{
    auto const point = sink.open();
    BOOST_TEST_REQUIRE(point.has_value(), (point ? "" : point.error().message));
    auto const done = sink.publish(some_events(sequence), at(sequence));
    BOOST_TEST_REQUIRE(done.has_value(), (done ? "" : done.error().message));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(broker_errors)

BOOST_AUTO_TEST_CASE(passing_errors_are_not_even_seen)
{
    mock_broker broker;
    kafka_sink sink(broker.config(), "a", short_timeouts());
    BOOST_REQUIRE(sink.open());
    broker.fail(api_produce, {RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS});
    broker.fail(api_add_partitions, {RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS});
    broker.fail(api_end_transaction, {RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE});
    auto const done = sink.publish(some_events(1), at(1));
    BOOST_TEST(done.has_value(), (done ? "" : done.error().message));
}

BOOST_AUTO_TEST_CASE(errors_of_each_step_are_unavailable_and_a_new_producer_cures_them)
{
    struct step {
        std::int16_t api;
        rd_kafka_resp_err_t error;
    };
    for (auto const& each : {step{api_end_transaction, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH},
                             step{api_end_transaction, RD_KAFKA_RESP_ERR_PRODUCER_FENCED},
                             step{api_end_transaction, RD_KAFKA_RESP_ERR_INVALID_TXN_STATE},
                             step{api_add_partitions, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH},
                             step{api_add_partitions, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_ID_MAPPING},
                             step{api_produce, RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER},
                             step{api_produce, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH},
                             step{api_produce, RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID}})
        BOOST_TEST_CONTEXT("api " << each.api << " error " << rd_kafka_err2name(each.error))
        {
            mock_broker broker;
            kafka_sink sink(broker.config(), "a", short_timeouts());
            BOOST_REQUIRE(sink.open());
            broker.fail(each.api, {each.error});
            auto const failed = sink.publish(some_events(1), at(1));
            BOOST_REQUIRE(!failed);
            BOOST_TEST((failed.error().kind == failure_kind::unavailable), failed.error().message);
            BOOST_TEST(!sink.refused().has_value());
            require_recovery(sink, 1);
        }
}

BOOST_AUTO_TEST_CASE(what_is_forbidden_is_permanent_without_a_refused_event)
{
    mock_broker broker;
    kafka_sink sink(broker.config(), "a", short_timeouts());
    BOOST_REQUIRE(sink.open());
    broker.fail(api_add_partitions, {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED});
    auto const failed = sink.publish(some_events(1), at(1));
    BOOST_REQUIRE(!failed);
    BOOST_TEST((failed.error().kind == failure_kind::permanent), failed.error().message);
    BOOST_TEST(!sink.refused().has_value());
    require_recovery(sink, 1);

    broker.fail(api_init_producer_id, {RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED});
    auto const closed = sink.open();
    BOOST_REQUIRE(!closed);
    BOOST_TEST((closed.error().kind == failure_kind::permanent), closed.error().message);
    require_recovery(sink, 2);
}

BOOST_AUTO_TEST_CASE(a_broker_that_goes_away_fails_in_bounded_time_and_is_found_again)
{
    mock_broker broker;
    kafka_sink sink(broker.config(), "a", short_timeouts());
    BOOST_REQUIRE(sink.open());
    broker.set_up(false);
    auto const failed = sink.publish(some_events(1), at(1));
    BOOST_REQUIRE(!failed);
    BOOST_TEST((failed.error().kind == failure_kind::unavailable), failed.error().message);
    auto const closed = sink.open();
    BOOST_REQUIRE(!closed);
    BOOST_TEST((closed.error().kind == failure_kind::unavailable), closed.error().message);
    broker.set_up(true);
    require_recovery(sink, 1);
}

BOOST_AUTO_TEST_CASE(a_broker_that_answers_too_late_fails_in_bounded_time)
{
    mock_broker broker;
    kafka_sink sink(broker.config(), "a", short_timeouts());
    BOOST_REQUIRE(sink.open());
    broker.set_round_trip(20'000);
    auto const failed = sink.publish(some_events(1), at(1));
    BOOST_REQUIRE(!failed);
    BOOST_TEST((failed.error().kind == failure_kind::unavailable), failed.error().message);
    broker.set_round_trip(0);
    require_recovery(sink, 1);
}

BOOST_AUTO_TEST_CASE(nobody_at_the_address_is_unavailable_and_says_why)
{
    config::kafka config;
    config.properties["bootstrap.servers"] = "127.0.0.1:1";
    kafka::timeouts within = short_timeouts();
    within.topics = std::chrono::milliseconds(500);
    kafka_sink sink(config, "a", within);
    auto const failed = sink.open();
    BOOST_REQUIRE(!failed);
    BOOST_TEST((failed.error().kind == failure_kind::unavailable));
    BOOST_TEST(failed.error().message.find("refused") != std::string::npos, failed.error().message);
    BOOST_TEST(!sink.publish({}, at(1)).has_value());
}

BOOST_AUTO_TEST_CASE(without_transactions_an_undelivered_event_fails_the_publish)
{
    mock_broker broker;
    auto config = broker.config();
    config.transactions = false;
    kafka_sink sink(config, "a", short_timeouts());
    BOOST_REQUIRE(sink.open());
    broker.fail(api_produce, {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED});
    auto const failed = sink.publish(some_events(1), at(1));
    BOOST_REQUIRE(!failed);
    BOOST_TEST(!sink.open()->has_value());
    require_recovery(sink, 1);
    broker.set_up(false);
    BOOST_TEST(!sink.publish(some_events(2), at(2)).has_value());
    broker.set_up(true);
    require_recovery(sink, 2);
}

BOOST_AUTO_TEST_SUITE_END()
