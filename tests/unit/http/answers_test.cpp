// Every bad input gets the answer of the contract, and nothing of it is journaled.
#include "support/listener.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream::test;

namespace {

constexpr std::size_t body_max = 64 * 1024;

struct small_bodies : listener {
    small_bodies() : listener([](bbstream::config::ingest& limits) { limits.body_bytes_max = body_max; }) {}

    void refuses(int status, std::string const& bytes)
    {
        auto const got = ask(bytes);
        BOOST_TEST(got.status == status,
                   "expected " << status << ", got " << got.status << " for " << bytes.substr(0, 200));
        BOOST_TEST(got.headers.at("content-type") == "application/json");
        if (!bytes.starts_with("HEAD"))
            BOOST_TEST(got.body.starts_with(R"({"error":")"));
        BOOST_TEST(journal.records().empty());
    }
};

std::string with_signature(std::string const& line, std::string const& body = small_push)
{
    return post("/webhooks/cloud", "X-Event-Key: repo:push\r\n" + line, body);
}

std::string nested(std::size_t levels)
{
    return R"({"a":)" + std::string(levels, '[') + std::string(levels, ']') + "}";
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(answers, small_bodies)

BOOST_AUTO_TEST_CASE(an_unknown_path_is_404)
{
    refuses(404, post("/", "", small_push));
    refuses(404, post("/webhooks", signed_by(secret, small_push), small_push));
    refuses(404, post("/webhooks/cloud/", signed_by(secret, small_push), small_push));
    refuses(404, post("/webhooks/CLOUD", signed_by(secret, small_push), small_push));
    refuses(404, post("//webhooks/cloud", signed_by(secret, small_push), small_push));
    refuses(404, "GET /livez HTTP/1.1\r\n\r\n");
    refuses(404, "HEAD /favicon.ico HTTP/1.1\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(another_method_is_405_and_names_the_one)
{
    for (std::string const method : {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "post", "WHATEVER"}) {
        refuses(405, method + " /webhooks/cloud HTTP/1.1\r\n\r\n");
        BOOST_TEST(ask(method + " /webhooks/cloud HTTP/1.1\r\n\r\n").headers.at("allow") == "POST");
    }
}

BOOST_AUTO_TEST_CASE(headers_beyond_the_bound_are_431_after_path_and_method)
{
    auto const large = "X-Large: " + std::string(40'000, 'x') + "\r\n";
    refuses(431, post("/webhooks/cloud", large, small_push));
    refuses(404, post("/elsewhere", large, small_push));
    refuses(405, "GET /webhooks/cloud HTTP/1.1\r\n" + large + "\r\n");
    refuses(431, "POST /" + std::string(40'000, 'x') + " HTTP/1.1\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(a_body_beyond_the_bound_is_413_before_its_signature)
{
    auto const large = std::string(body_max + 1, ' ');
    refuses(413, with_signature("", large));
    refuses(413, with_signature(signed_by(secret, large), large));
    refuses(404, post("/elsewhere", "", large));
    refuses(413, "POST /webhooks/cloud HTTP/1.1\r\nContent-Length: 18446744073709551615\r\n\r\n");
    std::string chunks;
    for (int i = 0; i < 5; ++i)
        chunks += "4000\r\n" + std::string(0x4000, ' ') + "\r\n";
    refuses(413, "POST /webhooks/cloud HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(a_body_of_exactly_the_bound_is_accepted)
{
    auto const body = "{}" + std::string(body_max - 2, ' ');
    BOOST_TEST(ask(delivery(body)).status == 200);
    BOOST_TEST(journal.records().at(0).body.size() == body_max);
}

BOOST_AUTO_TEST_CASE(a_missing_or_wrong_signature_is_401)
{
    auto const right = bbstream::signature::sign(secret, small_push).value();
    auto const hex = right.substr(7);
    auto upper = hex;
    for (auto& c : upper)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    auto other = right;
    other.back() = other.back() == '0' ? '1' : '0';

    refuses(401, with_signature(""));
    for (auto const& value : {std::string(), std::string("s"), std::string("sha256"), std::string("sha256="), hex,
                              "sha1=" + hex.substr(0, 40), "sha256=" + hex.substr(1), "sha256=" + hex + "0",
                              "sha256=" + upper, "SHA256=" + hex, "sha256=" + std::string(64, 'g'), other})
        refuses(401, with_signature("X-Hub-Signature: " + value + "\r\n"));
    refuses(401, with_signature(signed_by("another secret", small_push)));
    refuses(401, with_signature(signed_by(secret, small_push + "\n")));
    refuses(401, with_signature("X-Hub-Signature-256: " + right + "\r\n"));
}

BOOST_AUTO_TEST_CASE(two_signatures_are_401_even_if_both_are_right)
{
    auto const line = signed_by(secret, small_push);
    refuses(401, with_signature(line + line));
    refuses(401, with_signature(line + "X-Hub-Signature: sha256=00\r\n"));
    refuses(401, with_signature("x-hub-signature: \r\n" + line));
}

BOOST_AUTO_TEST_CASE(the_signature_is_checked_before_key_and_body)
{
    refuses(401, post("/webhooks/cloud", "", "not JSON"));
    refuses(401, post("/webhooks/cloud", signed_by("another secret", "not JSON"), "not JSON"));
}

BOOST_AUTO_TEST_CASE(no_event_key_is_400)
{
    refuses(400, post("/webhooks/cloud", signed_by(secret, small_push), small_push));
    refuses(400, post("/webhooks/cloud", "X-Event-Key:\r\n" + signed_by(secret, small_push), small_push));
}

BOOST_AUTO_TEST_CASE(what_is_not_one_json_object_is_400)
{
    for (auto const& body : {std::string(), std::string("x"), std::string("[]"), std::string("null"), std::string("{"),
                             std::string("{}{}"), std::string("{\"a\":\"\xff\"}"), std::string("\xef\xbb\xbf{}"),
                             std::string("payload=%7B%7D"), nested(256), nested(1000)})
        refuses(400, delivery(body));
    BOOST_TEST(ask(delivery(nested(255))).status == 200);
}

BOOST_AUTO_TEST_CASE(malformed_http_is_400_and_the_end)
{
    for (std::string const bytes :
         {"hello\r\n\r\n", "POST /webhooks/cloud HTTP/3.0\r\n\r\n",
          "\x16\x03\x01 a handshake on the plain port\r\n\r\n",
          "POST /webhooks/cloud HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
          "POST /webhooks/cloud HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
          "POST /webhooks/cloud HTTP/1.1\r\nContent-Length: two\r\n\r\n{}"}) {
        refuses(400, bytes);
        auto client = connect();
        client.send(bytes + delivery());
        BOOST_TEST(client.receive().headers.at("connection") == "close");
        BOOST_TEST(client.is_closed());
    }
    BOOST_TEST(journal.records().empty());
}

BOOST_AUTO_TEST_CASE(bytes_beyond_the_announced_length_are_the_next_request)
{
    auto const body = small_push;
    auto request = delivery(body);
    request.replace(request.find("Content-Length: "), 18, "Content-Length: 22");
    auto client = connect();
    client.send(request);
    BOOST_TEST(client.receive().status == 401);
    BOOST_TEST(journal.records().empty());
}

BOOST_AUTO_TEST_CASE(a_chunk_header_without_end_is_cut_off)
{
    auto client = connect();
    client.send("POST /webhooks/cloud HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;");
    for (int i = 0; i < 64 && client.send(std::string(4096, 'x')); ++i) {
    }
    BOOST_TEST(client.receive().status == 400);
}

BOOST_AUTO_TEST_CASE(the_answer_to_a_refused_upload_can_be_read_after_sending_all_of_it)
{
    auto client = connect();
    auto const large = std::string(8 * 1024 * 1024 + 1, ' ');
    BOOST_TEST(client.send(with_signature("", large)));
    auto const got = client.receive();
    BOOST_TEST(got.status == 413);
    BOOST_TEST(got.headers.at("connection") == "close");
    client.end_sending();
    BOOST_TEST(client.is_closed());
}

BOOST_AUTO_TEST_CASE(the_default_bound_is_8_mib)
{
    listener usual;
    auto const body = "{}" + std::string(8 * 1024 * 1024 - 2, ' ');
    BOOST_TEST(usual.ask(delivery(body)).status == 200);
    BOOST_TEST(usual.ask(delivery(body + " ")).status == 413);
    BOOST_TEST(usual.journal.records().size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
