// Answers as they go over the wire.
#include "http/reply.hpp"

#include "http/date.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>
#include <string>

namespace http = bbstream::http;

namespace {

std::string rendered(http::reply const& what, bool keep_alive, bool without_body = false)
{
    std::array<char, http::rendered_bytes_max> into;
    auto const size = http::render(what, {keep_alive, without_body, "Tue, 18 Jan 2022 16:55:22 GMT"}, into);
    return {into.data(), size};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reply)

BOOST_AUTO_TEST_CASE(an_accepted_delivery_says_its_sequence)
{
    BOOST_TEST(rendered(http::reply::accepted(42), true) ==
               "HTTP/1.1 200 OK\r\nDate: Tue, 18 Jan 2022 16:55:22 GMT\r\nContent-Type: application/json\r\n"
               "Content-Length: 30\r\nConnection: keep-alive\r\n\r\n{\"status\":\"accepted\",\"seq\":42}");
    BOOST_TEST(http::reply::accepted(std::numeric_limits<std::uint64_t>::max()).body() ==
               R"({"status":"accepted","seq":18446744073709551615})");
}

BOOST_AUTO_TEST_CASE(a_405_names_the_method_and_a_503_the_pause)
{
    auto const wrong_method = rendered(http::reply::error(405, "only POST"), false);
    BOOST_TEST(wrong_method.find("\r\nAllow: POST\r\n") != std::string::npos);
    BOOST_TEST(wrong_method.find("Retry-After") == std::string::npos);
    auto const unable = rendered(http::reply::error(503, "later"), false);
    BOOST_TEST(unable.find("\r\nRetry-After: 5\r\n") != std::string::npos);
    BOOST_TEST(unable.find("\r\nConnection: close\r\n") != std::string::npos);
    BOOST_TEST(unable.find("Allow") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_answer_to_a_head_has_the_length_but_no_body)
{
    auto const answer = rendered(http::reply::error(404, "no"), true, true);
    BOOST_TEST(answer.find("Content-Length: 14\r\n") != std::string::npos);
    BOOST_TEST(answer.ends_with("\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(an_overlong_reason_is_cut_and_stays_json)
{
    auto const body = std::string(http::reply::error(400, std::string(500, 'x')).body());
    BOOST_TEST(body.starts_with(R"({"error":"xxx)"));
    BOOST_TEST(body.ends_with(R"(xxx"})"));
    BOOST_TEST(rendered(http::reply::error(431, std::string(500, 'x')), true).size() < http::rendered_bytes_max);
}

BOOST_AUTO_TEST_CASE(dates_are_those_of_http)
{
    BOOST_TEST(http::http_date(1642524922) == "Tue, 18 Jan 2022 16:55:22 GMT");
    BOOST_TEST(http::http_date(0) == "Thu, 01 Jan 1970 00:00:00 GMT");
}

BOOST_AUTO_TEST_SUITE_END()
