// Delivering as Bitbucket would: the command, and the client below it.
#include "daemon/command/send.hpp"

#include "http/post.hpp"
#include "support/certificate.hpp"
#include "support/listener.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <future>

using namespace bbstream::test;
using bbstream::product;
using bbstream::command::run_send;
using bbstream::net::parse_web_address;

namespace {

struct sending {
    certificate pair;
    temporary_directory directory;
    listener server{[this](bbstream::config::ingest& limits) {
        limits.tls = {true, pair.certificate_file(), pair.key_file()};
        limits.listen = "0.0.0.0:0";  // 127.0.0.2 too, which the certificate does not name
    }};
    bbstream::command::send_options options;

    sending()
    {
        write("secret", secret + "\n");
        write("body", small_push);
        options.url = "https://localhost:" + std::to_string(server.port()) + "/webhooks/cloud?from=test";
        options.event_key = "repo:push";
        options.secret_file = directory.file("secret");
        options.file = directory.file("body");
        options.ca_file = pair.certificate_file();
    }

    void write(std::string const& name, std::string const& text) { std::ofstream(directory.file(name)) << text; }

    std::string header(std::string const& name)
    {
        auto const records = server.journal.records();
        return std::string(bbstream::journal::header_value(records.back().headers, name));
    }
};

// Accepts one connection and answers with these bytes, whatever is asked.
class canned_server {
   public:
    explicit canned_server(std::string answer) : answer_(std::move(answer))
    {
        ::listen(socket_.get(), 1);
        socklen_t size = sizeof at_;
        ::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&at_), &size);
        answered_ = std::async(std::launch::async, [this] {
            bbstream::unique_fd const client(::accept(socket_.get(), nullptr, nullptr));
            char request[4096];
            ::recv(client.get(), request, sizeof request, 0);
            ::send(client.get(), answer_.data(), answer_.size(), MSG_NOSIGNAL);
        });
    }

    bbstream::result<bbstream::http::post_answer> ask()
    {
        auto const to = parse_web_address("http://127.0.0.1:" + std::to_string(ntohs(at_.sin_port)) + "/");
        return bbstream::http::post(to.value(), {}, "{}", {});
    }

   private:
    std::string answer_;
    bbstream::unique_fd socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    sockaddr_in at_{};
    std::future<void> answered_;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(send_command, sending)

BOOST_AUTO_TEST_CASE(a_cloud_delivery_is_accepted_with_the_headers_of_cloud)
{
    BOOST_TEST(run_send(options) == 0);
    auto const record = server.journal.records().at(0);
    BOOST_TEST(record.body == small_push);
    BOOST_TEST(header("user-agent") == "Bitbucket-Webhooks/2.0");
    BOOST_TEST(header("content-type") == "application/json");
    BOOST_TEST(header("x-event-key") == "repo:push");
    BOOST_TEST(header("x-attempt-number") == "1");
    BOOST_TEST(header("x-event-time").ends_with(" GMT"));
    BOOST_TEST(header("x-hook-uuid").size() == 36u);
    auto const first = header("x-request-uuid");
    BOOST_TEST(first.size() == 36u);
    BOOST_TEST(first[14] == '4');
    BOOST_TEST(run_send(options) == 0);
    BOOST_TEST(header("x-request-uuid") != first);
}

BOOST_AUTO_TEST_CASE(a_data_center_delivery_is_accepted_with_the_headers_of_data_center)
{
    options.platform = product::datacenter;
    options.event_key = "repo:refs_changed";
    options.url = "https://127.0.0.1:" + std::to_string(server.port()) + "/webhooks/dc";
    BOOST_TEST(run_send(options) == 0);
    BOOST_TEST(header("user-agent").starts_with("Atlassian HttpClient"));
    BOOST_TEST(header("content-type") == "application/json; charset=utf-8");
    BOOST_TEST(header("x-request-id").size() == 36u);
    BOOST_TEST(header("x-hook-uuid").empty());
}

BOOST_AUTO_TEST_CASE(a_ping_of_data_center_gets_its_pong)
{
    options.platform = product::datacenter;
    options.event_key = "diagnostics:ping";
    options.url = "https://localhost:" + std::to_string(server.port()) + "/webhooks/dc";
    BOOST_TEST(run_send(options) == 0);
    BOOST_TEST(server.journal.records().empty());
}

BOOST_AUTO_TEST_CASE(whatever_is_not_a_2xx_is_a_failure)
{
    write("secret", "another secret");
    BOOST_TEST(run_send(options) == 1);
    write("secret", secret);
    write("body", "not JSON");
    BOOST_TEST(run_send(options) == 1);
    BOOST_TEST(server.journal.records().empty());
}

BOOST_AUTO_TEST_CASE(only_one_newline_of_the_secret_is_cut)
{
    write("secret", secret + "\n\n");
    BOOST_TEST(run_send(options) == 1);
    write("secret", "\n");
    BOOST_TEST(run_send(options) == 1);
}

BOOST_AUTO_TEST_CASE(a_certificate_that_is_not_trusted_or_not_for_the_host_is_refused)
{
    options.ca_file.clear();
    BOOST_TEST(run_send(options) == 1);
    options.insecure = true;
    BOOST_TEST(run_send(options) == 0);
    options.insecure = false;
    certificate const other;
    options.ca_file = other.certificate_file();
    BOOST_TEST(run_send(options) == 1);
    options.ca_file = pair.certificate_file();
    options.url = "https://127.0.0.2:" + std::to_string(server.port()) + "/webhooks/cloud";
    BOOST_TEST(run_send(options) == 1);
    options.ca_file = directory.file("body");
    BOOST_TEST(run_send(options) == 1);
    BOOST_TEST(server.journal.records().size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_sent_is_a_failure)
{
    auto const fails = [](bbstream::command::send_options changed) { return run_send(changed) == 1; };
    auto changed = options;
    changed.url = "https://localhost:1/";
    BOOST_TEST(fails(changed));
    changed = options;
    changed.url = "http://bitbucket.example/webhooks";
    BOOST_TEST(fails(changed));
    changed = options;
    changed.file = directory.file("missing");
    BOOST_TEST(fails(changed));
    changed = options;
    changed.secret_file = directory.file("missing");
    BOOST_TEST(fails(changed));
    changed = options;
    changed.event_key = "repo:push\r\nX-Evil: 1";
    BOOST_TEST(fails(changed));
    BOOST_TEST(server.journal.records().empty());
}

BOOST_AUTO_TEST_CASE(a_large_body_that_is_refused_shows_the_answer)
{
    auto const to = parse_web_address(options.url).value();
    auto const got = bbstream::http::post(to, {}, std::string(8 * 1024 * 1024 + 1, ' '), {pair.certificate_file()});
    BOOST_REQUIRE(got.has_value());
    BOOST_TEST(got->status == 413u);
}

BOOST_AUTO_TEST_CASE(answers_of_every_framing_are_read)
{
    auto const body_of = [](std::string const& bytes) {
        canned_server server(bytes);
        return server.ask().value().body;
    };
    BOOST_TEST(body_of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi") == "hi");
    BOOST_TEST(body_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n") == "hi");
    BOOST_TEST(body_of("HTTP/1.0 200 OK\r\n\r\nhi") == "hi");
    BOOST_TEST(body_of("HTTP/1.1 204 No Content\r\n\r\n").empty());
}

BOOST_AUTO_TEST_CASE(answers_that_are_none_are_errors)
{
    for (std::string const bytes : {"", "SSH-2.0-x\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhi",
                                    "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\nhi", "HTTP/1.1 200"}) {
        canned_server server(bytes);
        BOOST_TEST(server.ask().has_error(), bytes);
    }
}

BOOST_AUTO_TEST_CASE(urls_are_taken_apart)
{
    auto const whole = parse_web_address("https://Example.com:8443/a/b?c=d").value();
    BOOST_TEST(whole.tls);
    BOOST_TEST(whole.port == "8443");
    BOOST_TEST(whole.path == "/a/b?c=d");
    BOOST_TEST(whole.authority == "Example.com:8443");
    BOOST_TEST(parse_web_address("https://example.com").value().path == "/");
    for (auto const* cut_short : {"http://127.0.0.1.example.com", "http://[::1]x/"})
        BOOST_TEST(parse_web_address(cut_short).has_error(), cut_short);
    // Later versions of Boost.URL read the whole name.
    auto const numbered = parse_web_address("https://10.0.0.1.example.com/");
    BOOST_TEST((numbered.has_error() || numbered->host == "10.0.0.1.example.com"));
    BOOST_TEST(parse_web_address("https://example.com?x").value().path == "/?x");
    BOOST_TEST(parse_web_address("https://example.com").value().port == "443");
    BOOST_TEST(parse_web_address("http://localhost/a").value().port == "80");
    BOOST_TEST(parse_web_address("http://[::1]:80/a").value().host == "::1");
    BOOST_TEST(!parse_web_address("http://127.8.9.1/a").value().tls);
    for (std::string const bad : {"", "example.com", "/a", "ftp://localhost/", "http://example.com/", "https://",
                                  "https://u:p@example.com/", "http://localhost.example.com/", "https://a b/"})
        BOOST_TEST(parse_web_address(bad).has_error(), bad);
}

BOOST_AUTO_TEST_SUITE_END()
