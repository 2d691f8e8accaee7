// One reactor by itself: the memory that its connections share, and what a stop finds that was not read yet.
#include "http/reactor.hpp"

#include "http/json_body.hpp"
#include "net/listen_socket.hpp"
#include "support/listener.hpp"

#include <boost/test/unit_test.hpp>

#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <latch>

using namespace bbstream::test;
using namespace bbstream;
using std::chrono::seconds;

namespace {

constexpr std::size_t body_bytes = 32 * 1024;  // small enough for what a length reserves at once to be exact

// What a test knows of the reactor's turns, and how it holds one up.
struct turnstile {
    std::latch entered{1};
    std::latch released{1};
};

// Knows "/known", which answers at once, and "/blocking", which keeps the whole reactor until it is released.
class known_paths final : public http::handler {
   public:
    explicit known_paths(turnstile& gate) : gate_(gate) {}

    std::span<std::string_view const> kept_headers() const override { return {}; }
    std::optional<http::reply> route(http::request& request) override
    {
        if (request.path == "/known" || request.path == "/blocking")
            return std::nullopt;
        return http::reply::error(404, "no such path");
    }
    std::optional<http::reply> admit(http::request const&) override { return std::nullopt; }
    net::task<http::reply> handle(http::request& request) override
    {
        if (request.path == "/blocking") {
            gate_.entered.count_down();
            gate_.released.wait();
        }
        co_return http::reply::pong();
    }

   private:
    turnstile& gate_;
};

// Its connections may hold two bodies together.
struct one_reactor {
    turnstile gate;
    observe::metrics metrics;
    http::listener_state state;
    net::listen_sockets listening = net::listen_on("127.0.0.1:0", 1).value();
    http::reactor reactor{state, std::move(listening.sockets.at(0)),
                          [this](net::executor) { return std::make_unique<known_paths>(gate); }, http::probe(metrics)};

    one_reactor()
    {
        std::signal(SIGPIPE, SIG_IGN);
        state.bodies.bytes_max = 2 * (body_bytes + http::json_padding);
        reactor.start();
    }

    raw_client connect() const { return raw_client(listening.port); }

    answer ask(std::string const& bytes) const
    {
        auto client = connect();
        client.send(bytes);
        return client.receive();
    }

    // Whatever was sent before this is called has been read when it returns: a later connection has been served.
    void let_it_read() const { BOOST_REQUIRE(ask("GET /elsewhere HTTP/1.1\r\n\r\n").status == 404); }

    // The answer to a request whose last bytes come after the reactor has read the others.
    answer ask_in_pieces(std::string const& bytes, std::size_t first) const
    {
        auto client = connect();
        client.send(bytes.substr(0, first));
        let_it_read();
        client.send(bytes.substr(first));
        return client.receive();
    }
};

// Blocks until the system of the other side has these bytes, whether or not anybody has read them.
void await_arrival(raw_client const& of)
{
    auto const until = std::chrono::steady_clock::now() + patience;
    for (int unacknowledged = 1; unacknowledged != 0;) {
        BOOST_REQUIRE(::ioctl(of.fd(), SIOCOUTQ, &unacknowledged) == 0);
        BOOST_REQUIRE((std::chrono::steady_clock::now() < until));
    }
}

std::string const whole_body(body_bytes, ' ');

}  // namespace

BOOST_FIXTURE_TEST_SUITE(one_reactor_alone, one_reactor)

BOOST_AUTO_TEST_CASE(a_connection_that_is_kept_gives_its_body_memory_back)
{
    auto const request = post("/known", "", whole_body);
    std::vector<raw_client> kept;
    for (int i = 0; i < 20; ++i) {
        kept.push_back(connect());
        kept.back().send(request);
        auto const got = kept.back().receive();
        BOOST_TEST(got.status == 200);
        BOOST_TEST(got.headers.at("connection") == "keep-alive");
    }
    BOOST_TEST(ask_in_pieces(request, request.size() - 1).status == 200);
}

BOOST_AUTO_TEST_CASE(while_the_body_memory_is_used_up_only_bodies_are_refused)
{
    auto const request = post("/known", "", whole_body);
    std::vector<raw_client> uploading;
    for (int i = 0; i < 2; ++i) {
        uploading.push_back(connect());
        uploading.back().send(request.substr(0, request.size() - 1));
    }
    let_it_read();

    auto const with_body = ask_in_pieces(request, request.size() - 1);
    BOOST_TEST(with_body.status == 503);
    BOOST_TEST(!with_body.headers.at("retry-after").empty());
    std::string const unknown = "GET /elsewhere HTTP/1.1\r\n\r\n";
    std::string const without_body = "POST /known HTTP/1.1\r\n\r\n";
    for (auto const& [bytes, status] : {std::pair(unknown, 404), std::pair(without_body, 200)})
        for (std::size_t first : {std::size_t{1}, bytes.size() / 2, bytes.size() - 1})
            BOOST_TEST(ask_in_pieces(bytes, first).status == status);
    auto const unknown_with_body = post("/elsewhere", "", whole_body);
    BOOST_TEST(ask_in_pieces(unknown_with_body, 5).status == 404);
    BOOST_TEST(ask_in_pieces(unknown_with_body, unknown_with_body.size() - 1).status == 404);

    for (auto& client : uploading) {
        client.send(request.substr(request.size() - 1));
        BOOST_TEST(client.receive().status == 200);
    }
    BOOST_TEST(ask_in_pieces(request, request.size() - 1).status == 200);
}

BOOST_AUTO_TEST_CASE(an_upload_that_is_given_up_gives_its_body_memory_back)
{
    auto const request = post("/known", "", whole_body);
    for (int i = 0; i < 20; ++i) {
        auto client = connect();
        client.send(request.substr(0, request.size() - 1));
        let_it_read();
        client.reset();
    }
    let_it_read();
    BOOST_TEST(ask_in_pieces(request, request.size() - 1).status == 200);
}

BOOST_AUTO_TEST_CASE(a_stop_answers_a_request_that_had_arrived_and_was_not_read)
{
    auto const request = post("/known", "", "{}");
    auto used = connect();
    used.send(request);
    BOOST_TEST(used.receive().status == 200);
    auto unused = connect();
    auto idle = connect();
    let_it_read();
    auto blocking = connect();
    blocking.send(post("/blocking", "", "{}"));
    gate.entered.wait();

    for (auto* const client : {&used, &unused}) {
        client->send(request);
        await_arrival(*client);
    }
    reactor.stop(std::chrono::steady_clock::now() + seconds(60));
    gate.released.count_down();
    BOOST_TEST(blocking.receive().status == 200);
    for (auto* const client : {&used, &unused}) {
        auto const got = client->receive();
        BOOST_REQUIRE(got.status == 200);
        BOOST_TEST(got.headers.at("connection") == "close");
    }
    for (auto* const client : {&blocking, &used, &unused, &idle})
        BOOST_TEST(client->is_closed());
    reactor.join();
}

BOOST_AUTO_TEST_SUITE_END()
