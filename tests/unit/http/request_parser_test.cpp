// Requests out of bytes, however they are cut into pieces.
#include "http/request_parser.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <string>
#include <vector>

namespace http = bbstream::http;
using status = http::request_parser::status;

namespace {

constexpr std::array<std::string_view, 2> kept = {"x-event-key", "user-agent"};
constexpr http::request_parser::limits bounds{1024, 2048};

struct parsed {
    http::request request;
    status last = status::need_more;
    std::size_t consumed = 0;
    bool saw_head = false;
};

// Feeds `bytes` in pieces of `piece`, as a session does: what was not consumed comes again with more.
void parse(parsed& into, std::string const& bytes, std::size_t piece)
{
    http::request_parser parser(kept, bounds);
    parser.start(into.request);
    std::string waiting;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        waiting += bytes.substr(at, piece);
        for (;;) {
            auto const [state, consumed] = parser.feed(waiting);
            waiting.erase(0, consumed);
            into.consumed += consumed;
            into.last = state;
            if (state != status::head)
                break;
            into.saw_head = true;
        }
        if (into.last != status::need_more)
            return;
    }
}

status outcome(std::string const& bytes)
{
    parsed whole, by_byte;
    parse(whole, bytes, bytes.size());
    parse(by_byte, bytes, 1);
    BOOST_TEST((whole.last == by_byte.last), "differs by pieces: " << bytes);
    return whole.last;
}

std::string with_header(std::string const& lines, std::string const& body = "")
{
    return "POST /a HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n" + body;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(request_parser)

BOOST_AUTO_TEST_CASE(a_request_is_the_same_in_pieces_of_any_size)
{
    auto const bytes = std::string(
        "POST /webhooks/cloud?debug=1 HTTP/1.1\r\nHost: x\r\nX-EVENT-KEY: repo:push\r\nx-hub-signature: sha256=00\r\n"
        "X-Secret-Thing: no\r\nUser-Agent:  Bitbucket-Webhooks/2.0 \r\nContent-Length: 11\r\n\r\nhello world");
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        parsed got;
        parse(got, bytes + (piece == bytes.size() ? "GET / HTTP" : ""), piece);
        BOOST_TEST_CONTEXT("pieces of " << piece)
        {
            BOOST_TEST((got.last == status::complete));
            BOOST_TEST(got.saw_head);
            BOOST_TEST((got.request.method == http::method::post));
            BOOST_TEST(got.request.path == "/webhooks/cloud");
            BOOST_TEST(got.request.headers == "x-event-key:repo:push\nuser-agent:Bitbucket-Webhooks/2.0\n");
            BOOST_TEST(got.request.signature == "sha256=00");
            BOOST_TEST(got.request.signatures == 1u);
            BOOST_TEST(got.request.length.value() == 11u);
            BOOST_TEST(got.request.keep_alive);
            BOOST_TEST(got.request.body == "hello world");
            BOOST_TEST(got.consumed == bytes.size());
        }
    }
}

BOOST_AUTO_TEST_CASE(a_chunked_body_is_joined_and_its_trailers_say_nothing)
{
    auto const bytes = with_header("Transfer-Encoding: chunked\r\n",
                                   "5;name=value\r\nhello\r\n6\r\n world\r\n0\r\nX-Event-Key: repo:push\r\n"
                                   "X-Hub-Signature: sha256=00\r\n\r\n");
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        parsed got;
        parse(got, bytes, piece);
        BOOST_TEST_CONTEXT("pieces of " << piece)
        {
            BOOST_TEST((got.last == status::complete));
            BOOST_TEST(got.request.body == "hello world");
            BOOST_TEST(!got.request.length);
            BOOST_TEST(got.request.headers.empty());
            BOOST_TEST(got.request.signatures == 0u);
        }
    }
}

BOOST_AUTO_TEST_CASE(an_empty_chunked_body_is_complete)
{
    BOOST_TEST((outcome(with_header("Transfer-Encoding: chunked\r\n", "0\r\n\r\n")) == status::complete));
}

BOOST_AUTO_TEST_CASE(without_a_length_there_is_no_body)
{
    parsed got;
    parse(got, with_header(""), 1000);
    BOOST_TEST((got.last == status::complete));
    BOOST_TEST(got.request.length.value() == 0u);
}

BOOST_AUTO_TEST_CASE(every_form_of_target_gives_its_path)
{
    std::pair<char const*, char const*> const targets[] = {{"/a", "/a"},
                                                           {"/a?b=c?d", "/a"},
                                                           {"/a/", "/a/"},
                                                           {"/%61", "/%61"},
                                                           {"https://host:1/a?b", "/a"},
                                                           {"https://host", "/"},
                                                           {"/a?u=http://b/c", "/a"},
                                                           {"*", "*"}};
    for (auto const& [target, path] : targets) {
        parsed got;
        parse(got, "POST " + std::string(target) + " HTTP/1.1\r\n\r\n", 1000);
        BOOST_TEST(got.request.path == path);
    }
}

BOOST_AUTO_TEST_CASE(framing_that_can_be_read_in_two_ways_is_malformed)
{
    std::string const lines[] = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Transfer-Encoding: identity\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n",
        "Content-Length: 5, 6\r\n",
        "Content-Length: -5\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: 0x5\r\n",
        "Content-Length: five\r\n",
        "Content-Length:\r\n",
        "Content-Length: 99999999999999999999999\r\n",
        "Transfer-Encoding: gzip\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked, gzip\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length : 5\r\n",
        "no colon\r\n",
        "bad name\x01: x\r\n",
        "X-Nul: a\1b\r\n",
    };
    for (auto const& line : lines)
        BOOST_TEST((outcome(with_header(line, "hello")) == status::malformed), line);
    BOOST_TEST((outcome("POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == status::malformed));
}

BOOST_AUTO_TEST_CASE(what_is_not_http_1_is_malformed)
{
    std::string const lines[] = {"GET\r\n\r\n",
                                 "GET / HTTP/2.0\r\n\r\n",
                                 "GET / HTTP/0.9\r\n\r\n",
                                 "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                                 "GET / FTP/1.1\r\n\r\n",
                                 "GET  / HTTP/1.1\r\n\r\n",
                                 "\x16\x03\x01\x02\x01\x01\x01\xfc\x03\x03 garbage that never was HTTP\r\n\r\n",
                                 "POST /a HTTP/1.1\r\nX: y\rz\r\n\r\n"};
    for (auto const& line : lines)
        BOOST_TEST((outcome(line) == status::malformed), line);
}

BOOST_AUTO_TEST_CASE(bad_chunks_are_malformed)
{
    for (std::string const chunks : {"x\r\nhello\r\n0\r\n\r\n", "5\r\nhello!!\r\n0\r\n\r\n", "-5\r\nhello\r\n0\r\n\r\n",
                                     "fffffffffffffffff\r\nhello\r\n0\r\n\r\n", "\r\nhello\r\n0\r\n\r\n"})
        BOOST_TEST((outcome(with_header("Transfer-Encoding: chunked\r\n", chunks)) == status::malformed), chunks);
}

BOOST_AUTO_TEST_CASE(heads_are_accepted_up_to_the_bound)
{
    auto const head_of = [](std::size_t size) {
        auto const frame = with_header("X: \r\n").size();
        return with_header("X: " + std::string(size - frame, 'y') + "\r\n");
    };
    BOOST_TEST(head_of(bounds.head_bytes_max).size() == bounds.head_bytes_max);
    BOOST_TEST((outcome(head_of(bounds.head_bytes_max)) == status::complete));
    BOOST_TEST((outcome(head_of(bounds.head_bytes_max + 1)) == status::head_too_large));
    BOOST_TEST((outcome(head_of(100 * bounds.head_bytes_max)) == status::head_too_large));
}

BOOST_AUTO_TEST_CASE(many_small_headers_and_endless_blank_lines_reach_the_bound_too)
{
    std::string lines, blank;
    for (int i = 0; i < 500; ++i) {
        lines += "X: y\r\n";
        blank += "\r\n";
    }
    BOOST_TEST((outcome(with_header(lines)) == status::head_too_large));
    BOOST_TEST((outcome(blank + blank) == status::head_too_large));
    BOOST_TEST((outcome("POST /" + std::string(2000, 'a') + " HTTP/1.1\r\n\r\n") == status::head_too_large));
    BOOST_TEST((outcome("\r\n\r\nPOST /a HTTP/1.1\r\n\r\n") == status::complete));
}

BOOST_AUTO_TEST_CASE(bodies_are_accepted_up_to_the_bound_announced_or_chunked)
{
    auto const sized = [](std::size_t size) {
        return with_header("Content-Length: " + std::to_string(size) + "\r\n", std::string(size, 'x'));
    };
    BOOST_TEST((outcome(sized(bounds.body_bytes_max)) == status::complete));
    BOOST_TEST((outcome(sized(bounds.body_bytes_max + 1)) == status::body_too_large));
    auto const chunked = [](std::size_t chunks) {
        std::string body;
        for (std::size_t i = 0; i < chunks; ++i)
            body += "200\r\n" + std::string(0x200, 'x') + "\r\n";
        return with_header("Transfer-Encoding: chunked\r\n", body + "0\r\n\r\n");
    };
    BOOST_TEST((outcome(chunked(4)) == status::complete));
    BOOST_TEST((outcome(chunked(5)) == status::body_too_large));
}

BOOST_AUTO_TEST_CASE(an_announced_body_takes_memory_only_as_it_comes)
{
    http::request request;
    http::request_parser parser(kept, {1024, 8 * 1024 * 1024});
    parser.start(request);
    BOOST_TEST((parser.feed(with_header("Content-Length: 8388608\r\n")).state == status::head));
    parser.feed("x");
    BOOST_TEST(request.body.capacity() <= 64u * 1024);
    auto const piece = std::string(1024 * 1024, 'x');
    for (int i = 0; i < 7; ++i)
        parser.feed(piece);
    parser.feed(piece.substr(1));
    BOOST_TEST(request.body.size() == 8u * 1024 * 1024);
    BOOST_TEST(request.body.capacity() <= 16u * 1024 * 1024);
}

BOOST_AUTO_TEST_CASE(kept_headers_are_one_line_each_and_bounded)
{
    parsed got;
    parse(got,
          with_header("X-Event-Key: a\tb\xe9\r\nX-Event-Key: second\r\nUser-Agent: " + std::string(500, 'u') + "\r\n"),
          1000);
    BOOST_TEST(got.request.headers == "x-event-key:a?b?\nuser-agent:" + std::string(500, 'u') + "\n");
}

BOOST_AUTO_TEST_CASE(persistence_follows_version_and_connection_header)
{
    auto const keeps = [](std::string const& version, std::string const& line) {
        parsed got;
        parse(got, "POST /a HTTP/" + version + "\r\n" + line + "\r\n", 1000);
        BOOST_TEST((got.last == status::complete));
        return got.request.keep_alive;
    };
    BOOST_TEST(keeps("1.1", ""));
    BOOST_TEST(!keeps("1.1", "Connection: close\r\n"));
    BOOST_TEST(!keeps("1.0", ""));
    BOOST_TEST(keeps("1.0", "Connection: keep-alive\r\n"));
}

BOOST_AUTO_TEST_CASE(a_discarded_body_is_consumed_and_not_kept)
{
    http::request request;
    http::request_parser parser(kept, bounds);
    parser.start(request);
    auto const head = with_header("Content-Length: 5\r\n");
    BOOST_TEST((parser.feed(head + "hello").state == status::head));
    parser.discard_body();
    BOOST_TEST((parser.feed("hello").state == status::complete));
    BOOST_TEST(request.body.empty());
}

BOOST_AUTO_TEST_SUITE_END()
