#include "kafka/client.hpp"

#include <boost/test/unit_test.hpp>

#include <future>
#include <vector>

using namespace bbstream;
using namespace bbstream::kafka;
using std::chrono::milliseconds;

namespace {

result<std::unique_ptr<client>> make(handle_count const& count)
{
    conf_handle conf(rd_kafka_conf_new());
    return client::make(RD_KAFKA_PRODUCER, std::move(conf), std::make_shared<client_log>(), nullptr, count);
}

constexpr milliseconds forever{60'000};

}  // namespace

BOOST_AUTO_TEST_SUITE(clients)

BOOST_AUTO_TEST_CASE(calls_run_one_after_the_other_and_are_waited_for)
{
    auto const count = std::make_shared<std::atomic<int>>(0);
    {
        auto const client = make(count);
        BOOST_REQUIRE(client);
        int calls = 0;
        for (int at = 0; at < 100; ++at)
            BOOST_TEST((*client)->run(forever, [&calls](rd_kafka_t* handle) { calls += handle != nullptr; }));
        BOOST_TEST(calls == 100);
    }
    wait_for_handles(count, forever);
    BOOST_TEST(count->load() == 0);
}

BOOST_AUTO_TEST_CASE(a_call_that_hangs_is_left_behind_and_cleaned_up_once_it_returns)
{
    auto const count = std::make_shared<std::atomic<int>>(0);
    std::promise<void> release;
    auto const released = release.get_future().share();
    {
        auto const client = make(count);
        BOOST_REQUIRE(client);
        BOOST_TEST(!(*client)->run(milliseconds(20), [released](rd_kafka_t*) { released.wait(); }));
        BOOST_TEST(!(*client)->run(forever, [](rd_kafka_t*) { BOOST_ERROR("a call behind a hanging one"); }));
    }
    BOOST_TEST(count->load() == 1);
    release.set_value();
    wait_for_handles(count, forever);
    BOOST_TEST(count->load() == 0);
}

BOOST_AUTO_TEST_CASE(handles_that_hang_are_bounded)
{
    auto const count = std::make_shared<std::atomic<int>>(0);
    std::promise<void> release;
    auto const released = release.get_future().share();
    for (int at = 0; at < handles_max; ++at) {
        auto const client = make(count);
        BOOST_REQUIRE(client);
        BOOST_TEST(!(*client)->run(milliseconds(1), [released](rd_kafka_t*) { released.wait(); }));
    }
    auto const refused = make(count);
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().kind == failure_kind::unavailable));
    release.set_value();
    wait_for_handles(count, forever);
    BOOST_TEST(make(count).has_value());
    wait_for_handles(count, forever);
}

BOOST_AUTO_TEST_SUITE_END()
