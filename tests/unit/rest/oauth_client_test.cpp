// OAuth's client credentials: one token for all who need it.
#include "rest_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>

using namespace bbstream;
using namespace bbstream::test;

namespace {

// Of so many requests at the same time, those that came back with a 200.
std::size_t answered_of(client_of& by, int requests)
{
    std::size_t answered = 0;
    rest::request what;
    what.target = "/one";
    for (int number = 0; number < requests; ++number)
        boost::asio::co_spawn(by.loop, by.client().send(what),
                              [&](std::exception_ptr, result<rest::response> const& ended) {
                                  answered += ended && ended->status == 200;
                              });
    by.loop.run();
    return answered;
}

std::size_t count_of(scripted_server const& server, std::string const& target)
{
    auto const all = server.requests();
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](asked const& one) { return one.target() == target; }));
}
}  // namespace

BOOST_AUTO_TEST_SUITE(oauth_client)

BOOST_AUTO_TEST_CASE(an_oauth_token_is_fetched_once_and_again_when_it_is_refused)
{
    scripted_server server([calls = std::make_shared<int>(0)](asked const& one) {
        if (one.target() == "/token")
            return answer_with(200, R"({"access_token":"t)" + std::to_string(++*calls) + R"(","expires_in":3600})");
        return one.header("Authorization") == "Bearer t1" && one.target() == "/expired" ? answer_with(401, "{}")
                                                                                        : answer_with(200, "{}");
    });
    client_of to(server.url());
    to.who = rest::client_authorization(to.loop.get_executor(), {server.url("/token"), "id", "top secret"}, *to.over)
                 .value();
    BOOST_TEST(to.get("/one").value().status == 200u);
    BOOST_TEST(to.get("/two").value().status == 200u);
    BOOST_TEST(to.get("/expired").value().status == 200u);
    auto const seen = server.requests();
    BOOST_REQUIRE(seen.size() == 6u);
    BOOST_TEST(seen[0].target() == "/token");
    BOOST_TEST(seen[0].body == "grant_type=client_credentials");
    BOOST_TEST(seen[0].header("Authorization") == rest::basic_authorization("id", "top secret"));
    BOOST_TEST(seen[0].header("Content-Type") == "application/x-www-form-urlencoded");
    BOOST_TEST(seen[2].header("Authorization") == "Bearer t1");
    BOOST_TEST(seen[5].header("Authorization") == "Bearer t2");
}

BOOST_AUTO_TEST_CASE(fifty_that_need_an_oauth_token_fetch_it_once_and_once_more_when_it_is_refused)
{
    scripted_server server([calls = std::make_shared<std::atomic<int>>(0)](asked const& one) {
        if (one.target() == "/token")
            return answer_with(200, R"({"access_token":"t)" + std::to_string(++*calls) + R"(","expires_in":3600})");
        return answer_with(one.header("Authorization") == "Bearer t2" ? 200 : 401, "{}");
    });
    client_of to(server.url());
    to.who = rest::client_authorization(to.loop.get_executor(), {server.url("/token"), "id", "s"}, *to.over).value();
    BOOST_TEST(answered_of(to, 50) == 50u);
    BOOST_TEST(count_of(server, "/token") == 2u);
}

BOOST_AUTO_TEST_CASE(fifty_that_are_told_that_there_is_no_token_are_told_so_by_one_answer)
{
    scripted_server server([](asked const&) { return answer_with(503, ""); });
    client_of to(server.url());
    // What waits between its tries would ask anew.
    to.options.patience = std::chrono::milliseconds(0);
    to.who = rest::client_authorization(to.loop.get_executor(), {server.url("/token"), "id", "s"}, *to.over).value();
    BOOST_TEST(answered_of(to, 50) == 0u);
    BOOST_TEST(server.requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_refused_oauth_client_is_told_so_without_its_secret)
{
    scripted_server server([](asked const&) {
        return answer_with(400, R"({"error":"invalid_grant","error_description":"No callback uri defined."})");
    });
    client_of to(server.url());
    to.who = rest::client_authorization(to.loop.get_executor(), {server.url("/token"), "id", "top secret"}, *to.over)
                 .value();
    auto const refused = to.get("/one");
    BOOST_REQUIRE(refused.has_error());
    BOOST_TEST(refused.error().message == "the OAuth token endpoint refuses (400): No callback uri defined.");
}

BOOST_AUTO_TEST_CASE(a_token_that_would_end_a_header_is_none)
{
    scripted_server server([](asked const&) { return answer_with(200, R"({"access_token":"a\r\nX-Evil: b"})"); });
    client_of to(server.url());
    to.who = rest::client_authorization(to.loop.get_executor(), {server.url("/token"), "id", "s"}, *to.over).value();
    BOOST_TEST(to.get("/one").has_error());
    BOOST_TEST(server.requests().size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
