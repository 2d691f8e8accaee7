// Slow clients: each phase has its deadline, and only a request that was begun gets an answer.
#include "support/listener.hpp"

#include <boost/test/unit_test.hpp>

#include <thread>

using namespace bbstream::test;
using std::chrono::milliseconds;

namespace {

// Only what a test is about is short; all else would outlast it.
listener with(void (*shorten)(bbstream::config::ingest&))
{
    return listener([shorten](bbstream::config::ingest& limits) {
        limits.header_timeout = limits.body_timeout = limits.idle_timeout = milliseconds(60'000);
        shorten(limits);
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(deadlines)

BOOST_AUTO_TEST_CASE(slow_headers_are_408)
{
    auto const server = with([](auto& limits) { limits.header_timeout = milliseconds(100); });
    auto client = server.connect();
    client.send("POST /webhooks/cloud HTTP/1.1\r\n");
    auto const got = client.receive();
    BOOST_TEST(got.status == 408);
    BOOST_TEST(got.headers.at("connection") == "close");
    client.end_sending();
    BOOST_TEST(client.is_closed());
}

BOOST_AUTO_TEST_CASE(headers_that_drip_are_408_too)
{
    auto const server = with([](auto& limits) { limits.header_timeout = milliseconds(100); });
    auto client = server.connect();
    client.send("POST /webhooks/cloud HTTP/1.1\r\n");
    // Each line would be in time by itself; all together are not.
    for (int i = 0; i < 1000 && client.send("X: y\r\n"); ++i) {
        std::this_thread::sleep_for(milliseconds(5));
        pollfd answered{client.fd(), POLLIN, 0};
        if (::poll(&answered, 1, 0) > 0)
            break;
    }
    BOOST_TEST(client.receive().status == 408);
}

BOOST_AUTO_TEST_CASE(a_slow_body_is_408_and_not_journaled)
{
    auto server = with([](auto& limits) { limits.body_timeout = milliseconds(100); });
    auto client = server.connect();
    auto const whole = delivery();
    client.send(whole.substr(0, whole.size() - 1));
    BOOST_TEST(client.receive().status == 408);
    client.end_sending();
    BOOST_TEST(client.is_closed());
    BOOST_TEST(server.journal.records().empty());
}

BOOST_AUTO_TEST_CASE(an_idle_connection_is_closed_silently)
{
    // Long enough for a request on a busy machine.
    auto const server = with([](auto& limits) { limits.idle_timeout = milliseconds(1000); });
    auto used = server.connect();
    used.send(delivery());
    BOOST_TEST(used.receive().status == 200);
    auto never_used = server.connect();
    BOOST_TEST(never_used.is_closed());
    BOOST_TEST(used.is_closed());
}

BOOST_AUTO_TEST_CASE(a_delivery_that_waits_for_the_journal_has_no_deadline)
{
    auto server = with(
        [](auto& limits) { limits.header_timeout = limits.body_timeout = limits.idle_timeout = milliseconds(500); });
    server.journal.hold(true);
    auto client = server.connect();
    client.send(delivery());
    server.journal.await_waiting(1);
    std::this_thread::sleep_for(milliseconds(1000));
    server.journal.hold(false);
    BOOST_TEST(client.receive().status == 200);
}

BOOST_AUTO_TEST_CASE(a_client_that_never_reads_its_answers_keeps_no_request_of_others_waiting)
{
    auto const server = with([](auto&) {});
    raw_client deaf(server.port(), 4096);
    timeval const brief{1, 0};
    ::setsockopt(deaf.fd(), SOL_SOCKET, SO_SNDTIMEO, &brief, sizeof brief);
    std::string many;
    for (int i = 0; i < 1000; ++i)
        many += "GET /webhooks/cloud HTTP/1.1\r\n\r\n";
    for (int i = 0; i < 1000 && deaf.send(many); ++i) {
    }
    BOOST_TEST(server.ask(delivery()).status == 200);
    deaf.reset();
    server.await_connections(0);
}

BOOST_AUTO_TEST_SUITE_END()
