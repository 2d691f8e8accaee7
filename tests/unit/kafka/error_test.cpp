#include "kafka/error.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::kafka;

BOOST_AUTO_TEST_SUITE(errors)

BOOST_AUTO_TEST_CASE(each_fate_has_its_codes)
{
    BOOST_TEST((fate_of(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE) == fate::refused));
    BOOST_TEST((fate_of(RD_KAFKA_RESP_ERR_INVALID_RECORD) == fate::refused));
    BOOST_TEST((fate_of(RD_KAFKA_RESP_ERR__FENCED) == fate::fenced));
    BOOST_TEST((fate_of(RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH) == fate::fenced));
    BOOST_TEST((fate_of(RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED) == fate::forbidden));
    BOOST_TEST((fate_of(RD_KAFKA_RESP_ERR__FATAL) == fate::fatal));
    BOOST_TEST((fate_of(RD_KAFKA_RESP_ERR__TRANSPORT) == fate::retriable));
    BOOST_TEST((fate_of(RD_KAFKA_RESP_ERR__AUTHENTICATION) == fate::retriable));
    BOOST_TEST((fate_of(RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS) == fate::retriable));
}

BOOST_AUTO_TEST_CASE(only_what_is_forbidden_is_for_the_operator)
{
    auto const forbidden = explain("commit", RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
    BOOST_TEST((forbidden.kind == failure_kind::permanent));
    BOOST_TEST(forbidden.message.starts_with("commit: "));
    for (auto const code : {RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__FENCED, RD_KAFKA_RESP_ERR__FATAL})
        BOOST_TEST((explain("commit", code).kind == failure_kind::unavailable));
}

BOOST_AUTO_TEST_CASE(a_fenced_producer_hints_at_the_other_daemon)
{
    BOOST_TEST(explain("commit", RD_KAFKA_RESP_ERR__FENCED).message.find("second daemon") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
