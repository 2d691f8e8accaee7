// What the client waits for, how long, and what it says of it.
#include "rest_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>

using namespace bbstream;
using namespace bbstream::test;

BOOST_AUTO_TEST_SUITE(client_waits)

BOOST_AUTO_TEST_CASE(stop_ends_what_waits)
{
    scripted_server server([](asked const&) { return answer_with(200, "{}"); });
    client_of to(server.url(), product::cloud, "", {}, {0.001, 1});
    to.options.notice = [&](std::string const& line) {
        to.notices.push_back(line);
        boost::asio::post(to.loop, [&] { to.client().stop(); });
    };
    BOOST_TEST(to.get("/first").has_value());
    auto const given_up = to.get("/second");
    BOOST_TEST((given_up.has_error() && given_up.error().message.ends_with("given up")));
    BOOST_REQUIRE(to.notices.size() == 1u);
    BOOST_TEST(to.notices[0] == "waiting 17 min: the budget of requests is used up");
}

BOOST_AUTO_TEST_CASE(a_wait_for_the_daemons_leave_is_said)
{
    scripted_server server([](asked const&) { return answer_with(200, "{}"); });
    client_of to(server.url());
    to.options.lender = [](unsigned) { return rest::leave{1, std::chrono::minutes(3)}; };
    to.options.notice = [&](std::string const& line) {
        to.notices.push_back(line);
        boost::asio::post(to.loop, [&] { to.client().stop(); });
    };
    BOOST_TEST(to.get("/never").has_error());
    BOOST_REQUIRE(to.notices.size() == 1u);
    BOOST_TEST(to.notices[0] == "waiting 3 min: the daemon's budget of requests is used up");
    BOOST_TEST(server.requests().empty());
}

BOOST_AUTO_TEST_CASE(too_long_a_wait_for_the_daemons_leave_ends_the_request)
{
    scripted_server server([](asked const&) { return answer_with(200, "{}"); });
    client_of to(server.url());
    to.options.patience = std::chrono::seconds(30);
    to.options.lender = [](unsigned) { return rest::leave{1, std::chrono::minutes(30)}; };
    auto const ended = to.get("/never");
    BOOST_REQUIRE(ended.has_error());
    BOOST_TEST((ended.error().kind == failure_kind::unavailable));
    BOOST_TEST(ended.error().message == "the daemon's budget of requests is used up; try again in 30 min");
    BOOST_TEST(to.notices.empty());
    BOOST_TEST(server.requests().empty());
}

BOOST_AUTO_TEST_CASE(short_waits_for_the_daemons_leave_are_said_once)
{
    scripted_server server([](asked const&) { return answer_with(200, "{}"); });
    client_of to(server.url());
    to.options.lender = [](unsigned) { return rest::leave{1, std::chrono::milliseconds(3'100)}; };
    BOOST_TEST(to.get("/one").has_value());
    BOOST_TEST(to.get("/two").has_value());
    BOOST_TEST(to.notices.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_budget_that_is_used_up_is_said_once)
{
    scripted_server server([](asked const&) { return answer_with(200, "{}"); });
    client_of to(server.url(), product::cloud, "", {}, {1 / 3.2, 1});
    for (auto const* target : {"/at-once", "/one", "/two"})
        BOOST_TEST(to.get(target).has_value());
    BOOST_TEST(to.notices.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_try_is_told_with_its_reason)
{
    scripted_server server([](asked const&) { return answer_with(503, "{}", "Retry-After: 20\r\n"); });
    client_of to(server.url());
    to.options.explain = [](rest::request const&, rest::response const& answer) {
        return failure{failure_kind::unavailable, std::to_string(answer.status) + ": away"};
    };
    to.options.notice = [&](std::string const& line) {
        to.notices.push_back(line);
        boost::asio::post(to.loop, [&] { to.client().stop(); });
    };
    BOOST_TEST(to.get("/one")->status == 503u);
    BOOST_REQUIRE(to.notices.size() == 1u);
    BOOST_TEST(
        (to.notices[0] == "trying again in 20 s: 503: away" || to.notices[0] == "trying again in 21 s: 503: away"));
}

BOOST_AUTO_TEST_CASE(no_try_begins_after_twice_the_patience)
{
    scripted_server server([](asked const&) { return answer_with(503, "{}", "Retry-After: 2\r\n"); });
    client_of to(server.url());
    to.options.patience = std::chrono::seconds(3);
    to.options.explain = [](rest::request const&, rest::response const&) {
        return failure{failure_kind::unavailable, "away"};
    };
    BOOST_TEST(to.get("/one")->status == 503u);
    BOOST_TEST(server.requests().size() == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
