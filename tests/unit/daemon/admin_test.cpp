// The operator's listener over real sockets.
#include "daemon/admin.hpp"

#include "base/file.hpp"

#include <boost/test/unit_test.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

using namespace bbstream;
using namespace bbstream::daemon;

namespace {

// A listener with its io_context on a thread of its own.
struct served {
    explicit served(std::string const& address = "127.0.0.1:0")
    {
        admin_sources sources;
        sources.livez = [this] { return admin_answer{alive ? 200u : 503u, R"({"status":"alive"})"}; };
        sources.readyz = [this] { return admin_answer{ready ? 200u : 503u, R"({"status":"ready"})"}; };
        sources.metrics = [] { return std::string("bbstream_up 1\n"); };
        listener = admin_listener::open(io, address, "token", std::move(sources)).value();
        port = listener->port();
        runner = std::jthread([this] { io.run(); });
    }
    ~served()
    {
        io.stop();
        runner.join();
        listener.reset();
        io.restart();
        io.run();
    }

    boost::asio::io_context io{1};
    std::unique_ptr<admin_listener> listener;
    std::uint16_t port = 0;
    std::atomic<bool> alive = true;
    std::atomic<bool> ready = true;
    std::jthread runner;
};

unique_fd connected(std::uint16_t port)
{
    unique_fd client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    BOOST_REQUIRE(::connect(client.get(), reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
    timeval const patience{20, 0};
    ::setsockopt(client.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return client;
}

void send_all(int to, std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const n = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0)
            return;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

std::string read_to_end(int from)
{
    std::string all;
    char block[4096];
    for (ssize_t n; (n = ::recv(from, block, sizeof block, 0)) > 0;)
        all.append(block, static_cast<std::size_t>(n));
    return all;
}

// What the listener says to these bytes until it closes.
std::string answer(served const& to, std::string const& bytes)
{
    auto const client = connected(to.port);
    send_all(client.get(), bytes);
    return read_to_end(client.get());
}

std::string get(served const& to, std::string const& path, std::string const& method = "GET")
{
    return answer(to, method + ' ' + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
}

bool has(std::string const& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(health_is_told_by_status_and_body, served)
{
    auto const well = get(*this, "/livez");
    BOOST_TEST(well.starts_with("HTTP/1.1 200 OK\r\n"), well);
    BOOST_TEST(has(well, "Content-Type: application/json\r\n"), well);
    BOOST_TEST(well.ends_with("\r\n\r\n{\"status\":\"alive\"}\n"), well);
    BOOST_TEST(get(*this, "/readyz").starts_with("HTTP/1.1 200 "));
    alive = false;
    ready = false;
    BOOST_TEST(get(*this, "/livez").starts_with("HTTP/1.1 503 "));
    BOOST_TEST(get(*this, "/readyz").starts_with("HTTP/1.1 503 "));
}

BOOST_FIXTURE_TEST_CASE(metrics_are_text_for_prometheus, served)
{
    auto const text = get(*this, "/metrics?x=1");
    BOOST_TEST(text.starts_with("HTTP/1.1 200 "), text);
    BOOST_TEST(has(text, "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"), text);
    BOOST_TEST(text.ends_with("\r\n\r\nbbstream_up 1\n"), text);
}

BOOST_FIXTURE_TEST_CASE(head_has_the_header_of_get_alone, served)
{
    auto const text = get(*this, "/metrics", "HEAD");
    BOOST_TEST(text.starts_with("HTTP/1.1 200 "), text);
    BOOST_TEST(has(text, "Content-Length: 14\r\n"), text);
    BOOST_TEST(text.ends_with("\r\n\r\n"), text);
}

BOOST_FIXTURE_TEST_CASE(other_paths_and_methods_are_not_served, served)
{
    for (auto const* path : {"/", "/livez/", "/LIVEZ", "//livez", "/..%2flivez", "*"})
        BOOST_TEST(get(*this, path).starts_with("HTTP/1.1 404 "), path);
    auto const post = answer(*this, "POST /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
    BOOST_TEST(post.starts_with("HTTP/1.1 405 "), post);
    BOOST_TEST(has(post, "Allow: GET, HEAD\r\n"), post);
    BOOST_TEST(get(*this, "/metrics", "DELETE").starts_with("HTTP/1.1 405 "));
}

BOOST_FIXTURE_TEST_CASE(a_connection_serves_several_requests, served)
{
    std::string const one = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";
    auto const text = answer(*this, one + one + "GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    std::size_t answers = 0;
    for (std::size_t at = 0; (at = text.find("HTTP/1.1 200 ", at)) != std::string::npos; ++at)
        ++answers;
    BOOST_TEST(answers == 3u, text);
}

BOOST_FIXTURE_TEST_CASE(what_is_no_request_is_told_so, served)
{
    BOOST_TEST(answer(*this, "garbage\r\n\r\n").starts_with("HTTP/1.1 400 "));
    BOOST_TEST(
        answer(*this, "GET /livez HTTP/1.1\r\nX: " + std::string(9000, 'x') + "\r\n\r\n").starts_with("HTTP/1.1 431 "));
    BOOST_TEST(get(*this, "/livez").starts_with("HTTP/1.1 200 "));
}

BOOST_FIXTURE_TEST_CASE(peers_that_hang_up_do_no_harm, served)
{
    for (std::string const bytes :
         {"", "GET", "GET /livez HTTP/1.1\r\nHo", "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"}) {
        auto const client = connected(port);
        send_all(client.get(), bytes);
        linger const reset{1, 0};
        ::setsockopt(client.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    }
    BOOST_TEST(get(*this, "/livez").starts_with("HTTP/1.1 200 "));
}

BOOST_FIXTURE_TEST_CASE(connections_beyond_the_bound_are_closed_and_room_comes_back, served)
{
    // The bound is 64; what the kernel queues beyond it is accepted and closed at once.
    std::vector<unique_fd> idle;
    for (int i = 0; i < 64; ++i)
        idle.push_back(connected(port));
    std::string refused;
    for (auto const& each : idle)
        send_all(each.get(), "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
    for (auto const& each : idle) {
        char first = 0;
        BOOST_REQUIRE(::recv(each.get(), &first, 1, 0) == 1);
    }
    BOOST_TEST(get(*this, "/livez") == "");
    idle.clear();
    while (!get(*this, "/livez").starts_with("HTTP/1.1 200 "))
        std::this_thread::yield();
}

BOOST_AUTO_TEST_CASE(a_taken_port_is_named)
{
    served const first;
    boost::asio::io_context io;
    auto const second = admin_listener::open(io, "127.0.0.1:" + std::to_string(first.port), "", {});
    BOOST_REQUIRE(second.has_error());
    BOOST_TEST(second.error().message ==
               "admin.listen: cannot listen on 127.0.0.1:" + std::to_string(first.port) + ": Address already in use");
}

BOOST_AUTO_TEST_CASE(addresses_that_are_none_are_named)
{
    boost::asio::io_context io;
    for (auto const* address : {"", "nowhere", "256.1.1.1:1", "127.0.0.1:http", "[::1"})
        BOOST_TEST(admin_listener::open(io, address, "", {}).has_error(), address);
}

BOOST_AUTO_TEST_CASE(the_listener_may_go_before_its_connections)
{
    auto open = std::make_unique<served>();
    auto const client = connected(open->port);
    send_all(client.get(), "GET /livez HTTP/1.1\r\nHost: x\r\n");
    open.reset();
    BOOST_TEST(read_to_end(client.get()) == "");
}
