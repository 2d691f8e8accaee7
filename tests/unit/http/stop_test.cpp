// Starting, stopping, and what becomes of requests in between.
#include "support/listener.hpp"
#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <future>

using namespace bbstream::test;
using std::chrono::seconds;

namespace {

bool refuses_connections(std::uint16_t port)
{
    try {
        raw_client const client(port);
        return false;
    } catch (std::runtime_error const&) {
        return true;
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stop)

BOOST_AUTO_TEST_CASE(a_stop_ends_idle_connections_and_refuses_new_ones)
{
    listener server({}, 2);
    auto used = server.connect();
    used.send(delivery());
    BOOST_TEST(used.receive().status == 200);
    auto unused = server.connect();
    server.await_connections(2);
    auto const port = server.port();
    server.server().stop(seconds(60));
    BOOST_TEST(used.is_closed());
    BOOST_TEST(unused.is_closed());
    BOOST_TEST(refuses_connections(port));
    BOOST_TEST(server.server().connections() == 0u);
}

BOOST_AUTO_TEST_CASE(requests_in_progress_are_answered_and_then_closed)
{
    listener server;
    auto waiting = server.connect();
    auto receiving = server.connect();
    server.journal.hold(true);
    waiting.send(delivery());
    server.journal.await_waiting(1);
    auto const whole = delivery();
    receiving.send(whole.substr(0, whole.size() - 1));
    auto idle = server.connect();
    server.await_connections(3);

    auto stopping = std::async(std::launch::async, [&] { server.server().stop(seconds(60)); });
    BOOST_TEST(idle.is_closed());
    receiving.send(whole.substr(whole.size() - 1));
    server.journal.await_waiting(2);
    server.journal.hold(false);
    for (auto* const client : {&waiting, &receiving}) {
        auto const got = client->receive();
        BOOST_TEST(got.status == 200);
        BOOST_TEST(got.headers.at("connection") == "close");
        BOOST_TEST(client->is_closed());
    }
    stopping.get();
    BOOST_TEST(server.journal.records().size() == 2u);
}

BOOST_AUTO_TEST_CASE(after_the_grace_whoever_is_not_done_is_cut_off)
{
    listener server;
    auto client = server.connect();
    auto const whole = delivery();
    client.send(whole.substr(0, whole.size() - 1));
    server.await_connections(1);
    server.server().stop(std::chrono::milliseconds(20));
    BOOST_TEST(client.receive().status != 200);
    BOOST_TEST(server.journal.records().empty());
}

BOOST_AUTO_TEST_CASE(a_stop_waits_for_the_journal_even_without_grace)
{
    listener server;
    auto client = server.connect();
    server.journal.hold(true);
    client.send(delivery());
    server.journal.await_waiting(1);
    auto stopping = std::async(std::launch::async, [&] { server.server().stop(seconds(0)); });
    BOOST_TEST((stopping.wait_for(std::chrono::milliseconds(50)) == std::future_status::timeout));
    server.journal.hold(false);
    stopping.get();
    BOOST_TEST(server.journal.records().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_stop_under_load_loses_no_answer_that_was_durable)
{
    listener server({}, 2);
    std::atomic<std::size_t> answered{0};
    std::atomic<std::size_t> sent{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i)
        clients.emplace_back([&, client = server.connect()]() mutable {
            for (;;) {
                client.send(delivery());
                ++sent;
                auto const got = client.receive();
                if (got.status != 200)
                    return;
                ++answered;
                if (got.headers.at("connection") == "close")
                    return;
            }
        });
    while (answered < 200)
        std::this_thread::yield();
    server.server().stop(seconds(60));
    for (auto& client : clients)
        client.join();
    BOOST_TEST(server.journal.records().size() == answered.load());
}

BOOST_AUTO_TEST_CASE(stopping_twice_or_never_having_started_is_fine)
{
    listener server;
    server.server().stop(seconds(1));
    server.server().stop(seconds(1));
    bbstream::observe::metrics metrics;
    bbstream::http::server never({}, {}, metrics, 1);
}

BOOST_AUTO_TEST_CASE(reactors_are_seen_turning)
{
    listener server({}, 3);
    BOOST_TEST(server.server().turning());
}

BOOST_AUTO_TEST_CASE(a_start_that_cannot_work_is_an_error)
{
    listener running;
    auto const start = [&](bbstream::config::ingest const& limits) {
        auto made = bbstream::flow::make_receiver({{"a", bbstream::product::cloud, "/a", {"s"}, false}},
                                                  running.journal, running.metrics);
        bbstream::http::server server(limits, made.value(), running.metrics, 1);
        auto const started = server.start();
        return started ? std::string("started") : started.error().message;
    };
    bbstream::config::ingest limits;
    limits.listen = "127.0.0.1:" + std::to_string(running.port());
    limits.tls.enabled = false;
    BOOST_TEST(start(limits).find(limits.listen) != std::string::npos);
    limits.listen = "127.0.0.1:0";
    limits.allow_from = {"nonsense"};
    BOOST_TEST(start(limits).find("ingest.allow_from") != std::string::npos);
    limits.allow_from = {};
    limits.tls = {true, "/nonexistent/cert.pem", "/nonexistent/key.pem"};
    BOOST_TEST(start(limits).find("/nonexistent/cert.pem") != std::string::npos);
    limits.tls.enabled = false;
    std::signal(SIGPIPE, SIG_DFL);
    BOOST_TEST(start(limits).find("SIGPIPE") != std::string::npos);
    std::signal(SIGPIPE, SIG_IGN);
    BOOST_TEST(start(limits) == "started");
}

BOOST_AUTO_TEST_CASE(a_unix_socket_is_removed_at_the_end)
{
    temporary_directory const directory;
    auto const path = directory.file("ingest.sock");
    {
        listener server([&](bbstream::config::ingest& limits) { limits.listen = "unix:" + path; }, 2);
        BOOST_TEST(std::filesystem::exists(path));
        BOOST_TEST(server.port() == 0);
    }
    BOOST_TEST(!std::filesystem::exists(path));
}

BOOST_AUTO_TEST_SUITE_END()
