// The Kafka sink on a real broker.
#include "kafka/kafka_sink.hpp"

#include "broker.hpp"
#include "consumer.hpp"
#include "kafka/cursor_record.hpp"
#include "kafka/kafka_replayer.hpp"
#include "kafka/settings.hpp"
#include "kafka/topics.hpp"
#include "raw_producer.hpp"
#include "sink_helpers.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <thread>
#include <utility>

using namespace bbstream;
using namespace bbstream::test;
using kafka::kafka_sink;

namespace {

// org.apache.kafka.common.utils.Utils.murmur2, written from its description; and toPositive of its partitioner.
std::uint32_t murmur2(std::string_view key)
{
    constexpr std::uint32_t m = 0x5bd1e995;
    auto const byte = [&](std::size_t at) { return std::uint32_t{static_cast<unsigned char>(key[at])}; };
    std::uint32_t h = 0x9747b28cu ^ static_cast<std::uint32_t>(key.size());
    std::size_t at = 0;
    for (; at + 4 <= key.size(); at += 4) {
        std::uint32_t k = byte(at) | byte(at + 1) << 8 | byte(at + 2) << 16 | byte(at + 3) << 24;
        k *= m;
        k ^= k >> 24;
        k *= m;
        h = (h * m) ^ k;
    }
    switch (key.size() - at) {
        case 3:
            h ^= byte(at + 2) << 16;
            [[fallthrough]];
        case 2:
            h ^= byte(at + 1) << 8;
            [[fallthrough]];
        case 1:
            h = (h ^ byte(at)) * m;
            break;
        default:
            break;
    }
    h ^= h >> 13;
    h *= m;
    return h ^ h >> 15;
}

std::int32_t java_partition(std::string_view key, std::int32_t partitions)
{
    return static_cast<std::int32_t>((murmur2(key) & 0x7fffffff) % static_cast<std::uint32_t>(partitions));
}

std::vector<std::string> values_of(std::vector<consumed> const& records)
{
    std::vector<std::string> values;
    for (auto const& each : records)
        values.push_back(each.value);
    return values;
}

std::string commit_topic(config::kafka const& config)
{
    return kafka::topic_of(config, event::topic::commit);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sink_on_a_broker)

BOOST_AUTO_TEST_CASE(murmur2_is_the_one_of_java)
{
    // From the tests of Kafka's Java client.
    BOOST_TEST(static_cast<std::int32_t>(murmur2("21")) == -973932308);
    BOOST_TEST(static_cast<std::int32_t>(murmur2("foobar")) == -790332482);
    BOOST_TEST(static_cast<std::int32_t>(murmur2("a-little-bit-long-string")) == -985981536);
    BOOST_TEST(static_cast<std::int32_t>(murmur2("a-little-bit-longer-string")) == -1486304829);
    BOOST_TEST(static_cast<std::int32_t>(murmur2("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8")) == -58897971);
    BOOST_TEST(static_cast<std::int32_t>(murmur2("abc")) == 479470107);
}

BOOST_AUTO_TEST_CASE(events_come_out_with_key_headers_and_the_partition_of_java)
{
    auto const config = fresh_config("round-trip");
    kafka_sink sink(config, "a");
    auto const point = sink.open();
    BOOST_TEST_REQUIRE(point.has_value(), (point ? "" : point.error().message));
    BOOST_TEST(!point->has_value());

    using namespace std::string_literals;
    event::batch batch;
    for (std::uint64_t sequence = 1; sequence <= 40; ++sequence)
        append(batch, {event::topic::commit,
                       {sequence, 0},
                       "cloud:{" + std::to_string(sequence % 13) + "}",
                       sample_value(1, {sequence, 0}, "text"),
                       "ce_id\0id-"s + std::to_string(sequence) +
                           "\0content-type\0application/cloudevents+json\0ce_empty\0\0"s});
    append(batch, {event::topic::repository, {41, 0}, "cloud:{1}", sample_value(1, {41, 0}, "text"), {}});
    BOOST_REQUIRE(sink.publish(batch, cursor_at(41)));

    auto const commits = consume(broker_address(), commit_topic(config));
    BOOST_TEST_REQUIRE(commits.size() == 40u);
    for (auto const& each : commits) {
        BOOST_TEST(each.partition == java_partition(each.key, 4));
        BOOST_TEST_REQUIRE(each.headers.size() == 3u);
        auto const id = each.headers[0].second.substr(3);
        BOOST_TEST(each.headers[0].first == "ce_id");
        BOOST_TEST(each.value == sample_value(1, {std::stoull(id), 0}, "text"));
        BOOST_TEST(each.key == "cloud:{" + std::to_string(std::stoull(id) % 13) + "}");
        BOOST_TEST(each.headers[1].first == "content-type");
        BOOST_TEST(each.headers[1].second == "application/cloudevents+json");
        BOOST_TEST(each.headers[2].first == "ce_empty");
        BOOST_TEST(each.headers[2].second == "");
    }
    auto const repositories = consume(broker_address(), kafka::topic_of(config, event::topic::repository));
    BOOST_TEST_REQUIRE(repositories.size() == 1u);
    BOOST_TEST(repositories[0].headers.empty());
}

BOOST_AUTO_TEST_CASE(the_committed_cursor_is_read_back_by_the_next_process)
{
    auto const config = fresh_config("cursor");
    {
        kafka_sink sink(config, "a");
        BOOST_REQUIRE(sink.open());
        for (std::uint64_t sequence = 1; sequence <= 5; ++sequence)
            BOOST_REQUIRE(sink.publish(events_of(sequence, sequence), cursor_at(sequence)));
        BOOST_REQUIRE(sink.publish({}, cursor_at(9)));
    }
    kafka_sink other(config, "b");
    auto const of_other = other.open();
    BOOST_REQUIRE(of_other);
    BOOST_TEST(!of_other->has_value());
    BOOST_REQUIRE(other.publish(events_of(77, 77), {{7}, 3, 77}));

    kafka_sink again(config, "a");
    auto const point = again.open();
    BOOST_REQUIRE(point);
    BOOST_REQUIRE(point->has_value());
    BOOST_TEST(((*point)->journal == some_journal));
    BOOST_TEST((*point)->epoch == 1u);
    BOOST_TEST((*point)->sequence == 9u);
}

BOOST_AUTO_TEST_CASE(what_a_predecessor_left_uncommitted_is_never_seen)
{
    auto const config = fresh_config("aborted");
    {
        kafka_sink sink(config, "a");
        BOOST_REQUIRE(sink.open());
        BOOST_REQUIRE(sink.publish(events_of(1, 1), cursor_at(1)));
    }
    raw_producer crashed(broker_address(), kafka::transactional_id(config, "a"));
    crashed.begin();
    crashed.send(commit_topic(config), "cloud:1", "left behind");
    crashed.send(kafka::cursor_topic(config), "a", kafka::cursor_value(cursor_at(2), "a"));

    kafka_sink sink(config, "a");
    auto const point = sink.open();
    BOOST_REQUIRE(point);
    BOOST_TEST((*point)->sequence == 1u);
    BOOST_REQUIRE(sink.publish(events_of(2, 2), cursor_at(2)));
    auto const uncommitted = values_of(consume(broker_address(), commit_topic(config), "read_uncommitted"));
    BOOST_TEST(std::count(uncommitted.begin(), uncommitted.end(), "left behind") == 1);
    auto const committed = values_of(consume(broker_address(), commit_topic(config)));
    BOOST_TEST(std::count(committed.begin(), committed.end(), "left behind") == 0);
    BOOST_TEST(committed.size() == 2u);
    BOOST_CHECK_THROW(crashed.commit(), std::runtime_error);
}

// Behind another node's open transaction our committed cursor does not show: reading must wait, not believe an old one.
BOOST_AUTO_TEST_CASE(another_nodes_open_transaction_does_not_hide_the_newest_cursor)
{
    auto const config = fresh_config("hidden");
    kafka_sink sink(config, "a");
    BOOST_REQUIRE(sink.open());
    BOOST_REQUIRE(sink.publish(events_of(1, 1), cursor_at(1)));
    raw_producer slow(broker_address(), kafka::transactional_id(config, "slow"));
    slow.begin();
    slow.send(kafka::cursor_topic(config), "slow", kafka::cursor_value(cursor_at(50), "slow"));
    BOOST_REQUIRE(sink.publish(events_of(2, 2), cursor_at(2)));

    std::thread ending([&slow] {
        std::this_thread::sleep_for(std::chrono::milliseconds(1'500));
        slow.abort();
    });
    kafka_sink again(config, "a");
    auto const point = again.open();
    ending.join();
    BOOST_REQUIRE(point);
    BOOST_TEST((*point)->sequence == 2u);
}

BOOST_AUTO_TEST_CASE(a_transaction_that_stays_open_makes_opening_fail_in_bounded_time)
{
    auto const config = fresh_config("stays-open");
    {
        kafka_sink sink(config, "a");
        BOOST_REQUIRE(sink.open());
    }
    raw_producer slow(broker_address(), kafka::transactional_id(config, "slow"));
    slow.begin();
    slow.send(kafka::cursor_topic(config), "slow", kafka::cursor_value(cursor_at(50), "slow"));
    kafka::timeouts within;
    within.read_cursor = std::chrono::milliseconds(500);
    kafka_sink sink(config, "a", within);
    auto const point = sink.open();
    BOOST_REQUIRE(!point);
    BOOST_TEST((point.error().kind == failure_kind::unavailable));
    slow.abort();
    BOOST_TEST(sink.open().has_value());
}

BOOST_AUTO_TEST_CASE(a_fenced_sink_is_told_so_and_takes_its_name_back)
{
    auto const config = fresh_config("fenced");
    kafka_sink first(config, "a");
    BOOST_REQUIRE(first.open());
    BOOST_REQUIRE(first.publish(events_of(1, 1), cursor_at(1)));
    kafka_sink second(config, "a");
    BOOST_REQUIRE(second.open());
    BOOST_REQUIRE(second.publish(events_of(2, 2), cursor_at(2)));

    auto const fenced = first.publish(events_of(2, 2), cursor_at(2));
    BOOST_REQUIRE(!fenced);
    BOOST_TEST((fenced.error().kind == failure_kind::unavailable));
    BOOST_TEST(fenced.error().message.find("fenced") != std::string::npos, fenced.error().message);
    BOOST_TEST(!first.refused().has_value());
    BOOST_TEST(!first.publish(events_of(2, 2), cursor_at(2)).has_value());

    auto const point = first.open();
    BOOST_REQUIRE(point);
    BOOST_TEST((*point)->sequence == 2u);
    BOOST_REQUIRE(first.publish(events_of(3, 3), cursor_at(3)));
    BOOST_TEST(!second.publish(events_of(3, 3), cursor_at(3)).has_value());
    BOOST_TEST(consume(broker_address(), commit_topic(config)).size() == 3u);
}

BOOST_AUTO_TEST_CASE(without_transactions_the_cursor_follows_the_events)
{
    auto config = fresh_config("plain");
    config.transactions = false;
    {
        kafka_sink sink(config, "a");
        BOOST_REQUIRE(sink.open());
        BOOST_REQUIRE(sink.publish(events_of(1, 500), cursor_at(500)));
        BOOST_REQUIRE(sink.publish({}, cursor_at(600)));
    }
    BOOST_TEST(consume(broker_address(), commit_topic(config)).size() == 500u);
    kafka_sink sink(config, "a");
    auto const point = sink.open();
    BOOST_REQUIRE(point);
    BOOST_TEST((*point)->sequence == 600u);
}

BOOST_AUTO_TEST_CASE(a_large_batch_passes_through_a_small_queue)
{
    auto config = fresh_config("queue");
    config.properties["queue.buffering.max.messages"] = "100";
    kafka_sink sink(config, "a");
    BOOST_REQUIRE(sink.open());
    BOOST_REQUIRE(sink.publish(events_of(1, 5'000), cursor_at(5'000)));
    auto const all = consume(broker_address(), commit_topic(config));
    BOOST_TEST_REQUIRE(all.size() == 5'000u);
    std::map<std::string, std::string> last;
    for (auto const& each : all) {
        BOOST_TEST((last[each.key] < each.value));
        last[each.key] = each.value;
    }
}

// As a host's name is that of its node by default, a journal may find itself under another one.
BOOST_AUTO_TEST_CASE(a_journal_whose_node_is_renamed_is_not_published_again)
{
    for (bool const transactions : {true, false}) {
        auto config = fresh_config(transactions ? "renamed" : "renamed-plain");
        config.transactions = transactions;
        auto const open_as = [&config](std::string const& node, bool take_over, journal::identity const& from) {
            auto sink = std::make_unique<kafka_sink>(config, node);
            sink->serve({"cloud"}, take_over, from);
            auto const point = sink->open();
            BOOST_REQUIRE_MESSAGE(point.has_value(), (point ? "" : point.error().message));
            return std::pair(std::move(sink), *point);
        };
        BOOST_REQUIRE(open_as("old", false, some_journal).first->publish(events_of(1, 10), cursor_at(10)));
        BOOST_TEST((open_as("new", true, some_journal).second == cursor_at(10)));
        auto renamed = open_as("new", false, some_journal);  // nothing was published in between
        BOOST_TEST((renamed.second == cursor_at(10)));
        BOOST_REQUIRE(renamed.first->publish(events_of(11, 12), cursor_at(12)));
        BOOST_TEST((open_as("old", true, some_journal).second == cursor_at(12)));  // not its own, older one
        BOOST_TEST(!open_as("heir", true, {7}).second.has_value());                // the journal is another one
    }
}

BOOST_AUTO_TEST_CASE(a_replay_leaves_the_daemon_and_its_cursor_alone)
{
    auto const config = fresh_config("replayed");
    kafka_sink sink(config, "a");
    BOOST_REQUIRE(sink.open());
    BOOST_REQUIRE(sink.publish(events_of(1, 10), cursor_at(10)));
    kafka::kafka_replayer again(config, "a");
    BOOST_REQUIRE(again.open());
    BOOST_REQUIRE(again.put(events_of(4, 6)));
    BOOST_REQUIRE(sink.publish(events_of(11, 12), cursor_at(12)));  // not fenced
    BOOST_TEST(consume(broker_address(), config.topic_prefix + ".commit.v1").size() == 15u);
    BOOST_TEST((*sink.open())->sequence == 12u);
}

BOOST_AUTO_TEST_SUITE_END()
