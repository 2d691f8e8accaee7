#include "kafka/client_log.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream::kafka;

BOOST_AUTO_TEST_SUITE(librdkafka_log)

BOOST_AUTO_TEST_CASE(secrets_are_not_shown)
{
    client_log log;
    log.begin({"hunter2", "s3cret"});
    log.write(3, "FAIL", "login with hunter2 failed: hunter2s3cret");
    BOOST_TEST(log.last_problem() == "login with *** failed: ******");
    log.begin({"*"});
    log.write(3, "FAIL", "login with * failed");
    BOOST_TEST(log.last_problem() == "login with *** failed");
}

BOOST_AUTO_TEST_CASE(only_what_is_a_problem_is_remembered_as_one)
{
    client_log log;
    log.write(3, "FAIL", "connection refused");
    log.write(6, "INFO", "all is well");
    log.write(4, "CONFWARN", "a property of consumers");
    BOOST_TEST(log.last_problem() == "connection refused");
}

BOOST_AUTO_TEST_CASE(a_flood_of_long_lines_is_cut)
{
    client_log log;
    for (int at = 0; at < 1'000; ++at)
        log.write(3, "FAIL", std::string(100'000, 'x'));
    BOOST_TEST(log.last_problem().size() == 1'000u);
}

BOOST_AUTO_TEST_SUITE_END()
