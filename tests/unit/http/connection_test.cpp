// Persistence, pipelining, half-closed and reset connections, and how many there may be.
#include "support/listener.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/resource.h>

#include <optional>

using namespace bbstream::test;

namespace {

std::string accepted(int sequence)
{
    return R"({"status":"accepted","seq":)" + std::to_string(sequence) + "}";
}

std::string chunked_delivery(std::string const& body, std::size_t chunk)
{
    std::string chunks;
    char size[32];
    for (std::size_t at = 0; at < body.size(); at += chunk) {
        auto const piece = body.substr(at, chunk);
        std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
        chunks += size + piece + "\r\n";
    }
    return "POST /webhooks/cloud HTTP/1.1\r\nX-Event-Key: repo:push\r\n" + signed_by(secret, body) +
           "Transfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n";
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(connection, listener)

BOOST_AUTO_TEST_CASE(one_connection_serves_many_requests)
{
    auto client = connect();
    for (int i = 1; i <= 50; ++i) {
        client.send(delivery());
        auto const got = client.receive();
        BOOST_TEST(got.status == 200);
        BOOST_TEST(got.body == accepted(i));
        BOOST_TEST(got.headers.at("connection") == "keep-alive");
    }
    BOOST_TEST(server().connections() == 1u);
}

BOOST_AUTO_TEST_CASE(pipelined_requests_are_answered_in_order_whatever_they_get)
{
    auto client = connect();
    std::string all;
    for (int i = 0; i < 100; ++i)
        all += delivery() + "GET /webhooks/cloud HTTP/1.1\r\n\r\n" + post("/webhooks/cloud", "", small_push) +
               chunked_delivery(small_push, 3);
    BOOST_TEST(client.send(all));
    for (int i = 0; i < 100; ++i) {
        BOOST_TEST(client.receive().body == accepted(2 * i + 1));
        BOOST_TEST(client.receive().status == 405);
        BOOST_TEST(client.receive().status == 401);
        BOOST_TEST(client.receive().body == accepted(2 * i + 2));
    }
    BOOST_TEST(!client.has_unread());
}

BOOST_AUTO_TEST_CASE(requests_may_come_in_pieces_of_any_size)
{
    auto client = connect();
    auto const bytes = delivery() + delivery();
    for (std::size_t piece : {1, 7, 100})
        for (std::size_t at = 0; at < bytes.size(); at += piece)
            client.send(std::string_view(bytes).substr(at, piece));
    for (int i = 1; i <= 6; ++i)
        BOOST_TEST(client.receive().body == accepted(i));
}

BOOST_AUTO_TEST_CASE(chunked_bodies_are_accepted)
{
    auto const body = R"({"text":")" + std::string(100'000, 'x') + R"("})";
    for (std::size_t chunk : {1000, 65'536, 1'000'000})
        BOOST_TEST(ask(chunked_delivery(body, chunk)).status == 200);
    for (auto const& record : journal.records())
        BOOST_TEST((record.body == body));
    BOOST_TEST(journal.records().size() == 3u);
}

BOOST_AUTO_TEST_CASE(connection_close_and_http_1_0_end_the_connection_after_the_answer)
{
    auto old = delivery();
    old.replace(old.find("HTTP/1.1"), 8, "HTTP/1.0");
    for (auto const& bytes : {delivery(small_push, "Connection: close\r\n"), old}) {
        auto client = connect();
        client.send(bytes);
        auto const got = client.receive();
        BOOST_TEST(got.status == 200);
        BOOST_TEST(got.headers.at("connection") == "close");
        BOOST_TEST(client.is_closed());
    }
}

BOOST_AUTO_TEST_CASE(a_client_that_waits_to_be_told_to_continue_is_told)
{
    auto client = connect();
    auto const whole = delivery(small_push, "Expect: 100-continue\r\n");
    auto const head = whole.size() - small_push.size();
    client.send(whole.substr(0, head));
    BOOST_TEST(client.receive().status == 100);
    client.send(small_push);
    BOOST_TEST(client.receive().status == 200);
    // One that did not wait is not.
    client.send(whole);
    BOOST_TEST(client.receive().status == 200);
}

BOOST_AUTO_TEST_CASE(a_client_that_waits_in_vain_is_refused_instead)
{
    auto client = connect();
    client.send("POST /elsewhere HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n");
    BOOST_TEST(client.receive().status == 404);
    client.end_sending();
    BOOST_TEST(client.is_closed());
}

BOOST_AUTO_TEST_CASE(a_half_closed_connection_still_gets_its_answer)
{
    auto client = connect();
    client.send(delivery());
    client.end_sending();
    BOOST_TEST(client.receive().status == 200);
    BOOST_TEST(client.is_closed());
}

BOOST_AUTO_TEST_CASE(a_request_that_ends_half_way_is_400_and_not_journaled)
{
    auto const whole = delivery();
    for (std::size_t size : {std::size_t{1}, std::size_t{30}, whole.size() - 1}) {
        auto client = connect();
        client.send(whole.substr(0, size));
        client.end_sending();
        BOOST_TEST(client.receive().status == 400);
        BOOST_TEST(client.is_closed());
    }
    BOOST_TEST(journal.records().empty());
}

BOOST_AUTO_TEST_CASE(reset_connections_do_no_harm)
{
    auto const whole = delivery();
    for (std::size_t i = 0; i < 100; ++i) {
        auto client = connect();
        client.send(whole.substr(0, whole.size() * i / 99));
        client.reset();
    }
    await_connections(0);
    BOOST_TEST(ask(delivery()).status == 200);
}

BOOST_AUTO_TEST_CASE(an_answer_that_nobody_reads_any_more_does_no_harm)
{
    journal.hold(true);
    {
        auto client = connect();
        client.send(delivery());
        journal.await_waiting(1);
        client.reset();
    }
    journal.hold(false);
    await_connections(0);
    BOOST_TEST(journal.records().size() == 1u);
    BOOST_TEST(ask(delivery()).status == 200);
}

BOOST_AUTO_TEST_CASE(large_requests_that_were_answered_leave_room_for_others)
{
    // Together more than the listener receives at a time.
    std::string const large(8 * 1024 * 1024, ' ');
    auto const ping = post("/webhooks/dc", "X-Event-Key: diagnostics:ping\r\n", large);
    auto const forged = post("/webhooks/cloud", "X-Event-Key: repo:push\r\n" + signed_by("guessed", large), large);
    std::vector<raw_client> kept;
    for (int i = 0; i < 40; ++i) {
        kept.push_back(connect());
        kept.back().send(i % 2 == 0 ? ping : forged);
        auto const got = kept.back().receive();
        BOOST_TEST(got.status == (i % 2 == 0 ? 200 : 401));
        BOOST_TEST(got.headers.at("connection") == "keep-alive");
    }
    auto client = connect();
    auto const whole = delivery();
    client.send(whole.substr(0, whole.size() - 1));
    BOOST_TEST(ask(delivery()).status == 200);  // so the first piece has been read by now
    client.send(whole.substr(whole.size() - 1));
    BOOST_TEST(client.receive().status == 200);
}

BOOST_AUTO_TEST_CASE(connections_beyond_the_bound_are_closed_at_once)
{
    listener few([](bbstream::config::ingest& limits) { limits.connections_max = 2; });
    std::optional<raw_client> first(few.connect());
    auto second = few.connect();
    few.await_connections(2);
    BOOST_TEST(few.connect().is_closed());
    second.send(delivery());
    BOOST_TEST(second.receive().status == 200);
    first.reset();
    few.await_connections(1);
    BOOST_TEST(few.ask(delivery()).status == 200);
}

BOOST_AUTO_TEST_CASE(peers_outside_of_the_list_are_closed_at_once)
{
    listener closed([](bbstream::config::ingest& limits) { limits.allow_from = {"192.0.2.0/24"}; });
    BOOST_TEST(closed.connect().is_closed());
    listener open([](bbstream::config::ingest& limits) { limits.allow_from = {"192.0.2.0/24", "127.0.0.0/8"}; });
    BOOST_TEST(open.ask(delivery()).status == 200);
}

BOOST_AUTO_TEST_CASE(without_descriptors_accepting_pauses_and_recovers)
{
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    auto client = connect();
    await_connections(1);
    std::vector<bbstream::unique_fd> taken;
    auto waiting = std::vector<raw_client>();
    for (int i = 0; i < 3; ++i)
        waiting.push_back(raw_client(port()));
    await_connections(4);
    // The next connection's own descriptor is the last one that can be had.
    auto const pending = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto const low = rlimit{static_cast<rlim_t>(pending) + 1, before.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &low);
    for (int fd = 0; (fd = ::dup(pending)) >= 0;)
        taken.emplace_back(fd);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port());
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    BOOST_TEST(::connect(pending, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
    // Those that are connected are served meanwhile.
    client.send(delivery());
    BOOST_TEST(client.receive().status == 200);
    taken.clear();
    ::setrlimit(RLIMIT_NOFILE, &before);
    await_connections(5);
    ::close(pending);
    BOOST_TEST(ask(delivery()).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
