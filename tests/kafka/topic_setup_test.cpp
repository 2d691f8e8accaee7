// Which topics the sink wants on a real broker, and what it says when they are not as they must be.
#include "kafka/topic_setup.hpp"

#include "broker.hpp"
#include "consumer.hpp"
#include "kafka/kafka_sink.hpp"
#include "raw_producer.hpp"
#include "sink_helpers.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::test;
using kafka::kafka_sink;

namespace {

std::string message_of(result<sink::stored_cursor> const& failed)
{
    BOOST_REQUIRE(!failed);
    BOOST_TEST((failed.error().kind == failure_kind::permanent), failed.error().message);
    return failed.error().message;
}

bool has(std::string const& text, std::string const& part)
{
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(topics_on_a_broker)

BOOST_AUTO_TEST_CASE(missing_topics_are_made)
{
    auto const config = fresh_config("made");
    kafka_sink sink(config, "a");
    BOOST_REQUIRE(sink.open());
    std::vector<std::string> expected;
    for (auto const* name : {"build", "commit", "cursor", "dlq", "issue", "project", "pullrequest", "repository",
                             "security", "system", "unknown"})
        expected.push_back(config.topic_prefix + "." + name + ".v1");
    BOOST_TEST(topics_with_prefix(broker_address(), config.topic_prefix) == expected);
    BOOST_TEST(sink.open().has_value());
}

BOOST_AUTO_TEST_CASE(missing_topics_are_named_with_the_cure_if_they_may_not_be_made)
{
    auto config = fresh_config("missing");
    config.topics_auto_create = false;
    create_topic(broker_address(), config.topic_prefix + ".commit.v1", 4, {});
    kafka_sink sink(config, "a");
    auto const message = message_of(sink.open());
    BOOST_TEST(has(message, config.topic_prefix + ".repository.v1"));
    BOOST_TEST(has(message, "--create --topic " + config.topic_prefix + ".cursor.v1 --partitions 1"));
    BOOST_TEST(has(message, "cleanup.policy=compact"));
    BOOST_TEST(has(message, "topics.auto_create"));
    BOOST_TEST(!has(message, config.topic_prefix + ".commit.v1"));
    // To look for them has not made the broker create them its own way.
    BOOST_TEST(topics_with_prefix(broker_address(), config.topic_prefix).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_cursor_topic_that_forgets_is_refused)
{
    auto const config = fresh_config("forgets");
    create_topic(broker_address(), config.topic_prefix + ".cursor.v1", 1, {{"cleanup.policy", "delete"}});
    kafka_sink sink(config, "a");
    BOOST_TEST(has(message_of(sink.open()), "cleanup.policy"));
}

BOOST_AUTO_TEST_CASE(a_cursor_topic_of_two_partitions_is_refused)
{
    auto const config = fresh_config("two");
    create_topic(broker_address(), config.topic_prefix + ".cursor.v1", 2, {{"cleanup.policy", "compact"}});
    kafka_sink sink(config, "a");
    BOOST_TEST(has(message_of(sink.open()), "2 partitions"));
}

BOOST_AUTO_TEST_CASE(what_the_broker_forbids_is_for_the_operator)
{
    auto config = fresh_config("forbidden");
    config.topics_replication = 3;  // of one broker
    kafka_sink sink(config, "a");
    BOOST_TEST(has(message_of(sink.open()), "can't be created"));
}

BOOST_AUTO_TEST_SUITE_END()
