#include "kafka/settings.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::kafka;

namespace {

using properties = std::map<std::string, std::string>;

producer_settings const plain{"a", std::chrono::milliseconds(30'000), 0, false};

std::string value_of(rd_kafka_conf_t const* conf, char const* name)
{
    char value[512] = {};
    std::size_t size = sizeof value;
    BOOST_REQUIRE(rd_kafka_conf_get(conf, name, value, &size) == RD_KAFKA_CONF_OK);
    return value;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(settings)

BOOST_AUTO_TEST_CASE(the_promise_is_configured)
{
    auto const conf = make_producer_settings({}, {{"bootstrap.servers", "localhost:9092"}}, plain);
    BOOST_REQUIRE(conf);
    BOOST_TEST(value_of(conf->get(), "enable.idempotence") == "true");
    BOOST_TEST(value_of(conf->get(), "acks") == "-1");
    BOOST_TEST(value_of(conf->get(), "partitioner") == "murmur2_random");
    BOOST_TEST(value_of(conf->get(), "transactional.id") == "bbstream-bitbucket-a");
    BOOST_TEST(value_of(conf->get(), "retry.backoff.ms") == "5");
    BOOST_TEST(value_of(conf->get(), "compression.codec") == "lz4");
    BOOST_TEST(value_of(conf->get(), "bootstrap.servers") == "localhost:9092");
}

BOOST_AUTO_TEST_CASE(without_transactions_there_is_no_transactional_id)
{
    config::kafka from;
    from.transactions = false;
    auto const conf = make_producer_settings(from, {}, plain);
    BOOST_REQUIRE(conf);
    BOOST_TEST(value_of(conf->get(), "enable.idempotence") == "true");
    BOOST_TEST(value_of(conf->get(), "message.timeout.ms") == "30000");
    char value[8];
    std::size_t size = sizeof value;
    BOOST_TEST(rd_kafka_conf_get(conf->get(), "transactional.id", value, &size) == RD_KAFKA_CONF_UNKNOWN);
}

BOOST_AUTO_TEST_CASE(the_user_overrides_our_defaults)
{
    auto const conf = make_producer_settings(
        {}, {{"linger.ms", "77"}, {"retry.backoff.ms", "50"}, {"compression.codec", "snappy"}, {"client.id", "mine"}},
        plain);
    BOOST_REQUIRE(conf);
    BOOST_TEST(value_of(conf->get(), "linger.ms") == "77");
    BOOST_TEST(value_of(conf->get(), "retry.backoff.ms") == "50");
    BOOST_TEST(value_of(conf->get(), "compression.codec") == "snappy");
    BOOST_TEST(value_of(conf->get(), "client.id") == "mine");
}

BOOST_AUTO_TEST_CASE(what_would_break_the_promise_is_refused_by_name)
{
    for (auto const* name : {"acks", "request.required.acks", "enable.idempotence", "partitioner", "transactional.id",
                             "isolation.level", "enable.gapless.guarantee"})
        for (auto const& conf :
             {make_producer_settings({}, {{name, "1"}}, plain), make_reader_settings({{name, "1"}})}) {
            BOOST_REQUIRE(!conf);
            BOOST_TEST((conf.error().kind == failure_kind::permanent));
            BOOST_TEST(conf.error().message.find(std::string("kafka.\"") + name + "\"") != std::string::npos);
        }
}

BOOST_AUTO_TEST_CASE(unknown_properties_and_values_are_named_and_secrets_are_not_shown)
{
    auto const unknown = make_producer_settings({}, {{"no.such.property", "1"}}, plain);
    BOOST_REQUIRE(!unknown);
    BOOST_TEST(unknown.error().message.find("no.such.property") != std::string::npos);
    auto const value = make_producer_settings({}, {{"compression.codec", "rot13"}}, plain);
    BOOST_REQUIRE(!value);
    BOOST_TEST(value.error().message.find("compression.codec") != std::string::npos);
    BOOST_TEST(secrets_of({{"sasl.password", "hunter2"}, {"sasl.username", "me"}, {"ssl.key.password", ""}}) ==
               std::vector<std::string>{"hunter2"});
}

BOOST_AUTO_TEST_CASE(batches_are_bounded_by_what_the_topics_take)
{
    auto with = plain;
    with.batch_bytes_max = 20'000;
    BOOST_TEST(value_of(make_producer_settings({}, {}, with)->get(), "batch.size") == "20000");
    BOOST_TEST(value_of(make_producer_settings({}, {{"batch.size", "5000"}}, with)->get(), "batch.size") == "5000");
    with.batch_bytes_max = 8'000'000;
    BOOST_TEST(value_of(make_producer_settings({}, {}, with)->get(), "batch.size") == "1000000");
    with.one_by_one = true;
    BOOST_TEST(value_of(make_producer_settings({}, {}, with)->get(), "batch.num.messages") == "1");
}

BOOST_AUTO_TEST_CASE(the_reader_sees_what_is_committed_from_the_begin_by_leaders)
{
    auto const conf = make_reader_settings({{"client.rack", "r1"}, {"auto.offset.reset", "latest"}});
    BOOST_REQUIRE(conf);
    BOOST_TEST(value_of(conf->get(), "isolation.level") == "read_committed");
    BOOST_TEST(value_of(conf->get(), "auto.offset.reset") == "smallest");
    BOOST_TEST(value_of(conf->get(), "client.rack") == "");
}

BOOST_AUTO_TEST_SUITE_END()
