// What the client decides, without a network: retries, budgets, proxies, targets.
#include "rest/authorization.hpp"
#include "rest/budget.hpp"
#include "rest/echo.hpp"
#include "rest/retry.hpp"
#include "rest/route.hpp"
#include "rest/target.hpp"
#include "rest/wait_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::rest;
using std::chrono::seconds;

namespace {

std::int64_t asked_seconds(std::string_view text, micros now = 0)
{
    auto const wait = parse_retry_after(text, now);
    return wait ? wait->count() / 1000 : -1;
}

std::int64_t wait_ms(attempt const& last)
{
    auto const wait = wait_before_retry(last);
    return wait ? wait->count() : -1;
}

allowance said(header_list headers)
{
    response answer;
    answer.headers = std::move(headers);
    return read_allowance(answer);
}

bool is_direct(std::string_view host, std::string const& except)
{
    return !choose_proxy({"http://proxy:3128", except}, host).value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(decisions)

BOOST_AUTO_TEST_CASE(retry_after_has_three_forms)
{
    auto const noon = parse_timestamp("2026-08-24T12:00:00Z").value();
    BOOST_TEST(asked_seconds("17") == 17);
    BOOST_TEST(asked_seconds("0") == 0);
    BOOST_TEST(asked_seconds("999999999999") == 3600);
    BOOST_TEST(asked_seconds("99999999999999999999") == 3600);
    BOOST_TEST(asked_seconds("Mon, 24 Aug 2026 12:00:30 GMT", noon) == 30);
    BOOST_TEST(asked_seconds("Mon, 24 Aug 2026 11:00:00 GMT", noon) == 0);
    BOOST_TEST(asked_seconds("Tue, 25 Aug 2026 12:00:00 GMT", noon) == 3600);
    for (auto const* none : {"", "soon", "-1", "1.5", "12 s", "Mon, 24 Aug 2026 12:00:30 CEST"})
        BOOST_TEST(asked_seconds(none, noon) == -1, none);
}

BOOST_AUTO_TEST_CASE(a_date_of_retry_after_is_held_against_the_servers_clock)
{
    constexpr micros ten_years = 10 * 365 * 24 * 3'600'000'000;
    response answer;
    answer.headers = {{"date", "Sun, 06 Nov 1994 08:49:37 GMT"}, {"retry-after", "Sun, 06 Nov 1994 08:50:07 GMT"}};
    auto const there = parse_http_date(answer.header("date")).value();
    for (auto const here : {there, there - ten_years, there + ten_years})
        BOOST_TEST(retry_after_of(answer, here).value().count() == 30'000);
    answer.headers[0].second = "today";
    BOOST_TEST(retry_after_of(answer, there).value().count() == 30'000);
    BOOST_TEST((retry_after_of(answer, there - ten_years) == retry_after_max));
    answer.headers[1].second = "7";
    BOOST_TEST(retry_after_of(answer, there - ten_years).value().count() == 7'000);
}

BOOST_AUTO_TEST_CASE(only_what_is_safe_is_tried_again)
{
    for (auto const status : {0u, 408u, 500u, 502u, 503u, 504u, 555u}) {
        BOOST_TEST(wait_ms({1, status, true, std::nullopt, 0.5}) == 500, status);
        BOOST_TEST(wait_ms({1, status, false, std::nullopt, 0.5}) == -1, status);
    }
    for (auto const status : {200u, 204u, 304u, 400u, 401u, 403u, 404u, 409u, 410u, 501u})
        BOOST_TEST(wait_ms({1, status, true, std::nullopt, 0.5}) == -1, status);
    BOOST_TEST(wait_ms({1, 429, false, std::nullopt, 0.5}) == 5'000);
    BOOST_TEST(wait_ms({1, 429, false, milliseconds(7'000), 0}) == 7'000);
    BOOST_TEST(wait_ms({1, 429, false, milliseconds(0), 0.5}) == 5'000);
    BOOST_TEST(wait_ms({3, 503, true, std::nullopt, 0.5}) == 2'000);
    BOOST_TEST(wait_ms({4, 429, true, std::nullopt, 1}) == 60'000);
    BOOST_TEST(wait_ms({tries_max, 429, true, milliseconds(1), 0}) == -1);
}

BOOST_AUTO_TEST_CASE(a_bucket_lets_a_burst_pass_and_then_its_rate)
{
    instant const begin{seconds(1000)};
    token_bucket bucket({2, 3}, begin);
    for (int number = 0; number < 3; ++number)
        BOOST_TEST(bucket.take(begin));
    BOOST_TEST(!bucket.take(begin));
    BOOST_TEST((bucket.ready_at() == begin + milliseconds(500)));
    BOOST_TEST(bucket.take(begin + milliseconds(500)));
    BOOST_TEST(!bucket.take(begin + milliseconds(999)));
    BOOST_TEST(bucket.take(begin + milliseconds(1000)));
    bucket.pause_until(begin + seconds(100));
    BOOST_TEST(!bucket.take(begin + seconds(99)));
    BOOST_TEST((bucket.ready_at() == begin + seconds(100)));
    for (int number = 0; number < 3; ++number)
        BOOST_TEST(bucket.take(begin + seconds(100)));
    BOOST_TEST(!bucket.take(begin + seconds(100)));
}

BOOST_AUTO_TEST_CASE(a_bucket_gives_nothing_for_a_time_that_has_been)
{
    instant const begin{seconds(1000)};
    token_bucket bucket({1, 2}, begin);
    BOOST_TEST(bucket.take(begin));
    BOOST_TEST(bucket.take(begin - seconds(500)));
    BOOST_TEST(!bucket.take(begin - seconds(400)));
    BOOST_TEST(!bucket.take(begin));
    BOOST_TEST((bucket.ready_at() == begin + seconds(1)));
    BOOST_TEST((bucket.ready_at(5) == begin + seconds(5)));
    BOOST_TEST(bucket.take(begin + seconds(1)));
}

BOOST_AUTO_TEST_CASE(a_thousand_an_hour_are_a_thousand_an_hour)
{
    instant now{seconds(5)};
    token_bucket bucket({1000.0 / 3600, 1}, now);
    auto const end = now + seconds(3600);
    int taken = 0;
    while (now <= end) {
        taken += bucket.take(now);
        now = bucket.ready_at();
    }
    BOOST_TEST(taken >= 1000);
    BOOST_TEST(taken <= 1001);
}

BOOST_AUTO_TEST_CASE(rate_headers_are_read_with_tolerance)
{
    BOOST_TEST(!said({}).limit);
    auto const counted = said({{"x-ratelimit-limit", "1000"}, {"x-ratelimit-remaining", "199"}});
    BOOST_TEST(counted.remaining.value() == 199u);
    BOOST_TEST(counted.nearly_used_up);
    BOOST_TEST(!said({{"x-ratelimit-limit", "1000"}, {"x-ratelimit-remaining", "200"}}).nearly_used_up);
    BOOST_TEST(!said({{"x-ratelimit-limit", "1000"}, {"x-ratelimit-nearlimit", "12"}}).nearly_used_up);
    auto const flagged = said({{"x-ratelimit-nearlimit", "True"}, {"x-ratelimit-limit", "many"}});
    BOOST_TEST(flagged.nearly_used_up);
    BOOST_TEST(!flagged.limit);
    BOOST_TEST((said({{"x-ratelimit-reset", "3600"}}).reset == seconds(3600)));
}

BOOST_AUTO_TEST_CASE(the_documented_flag_goes_before_the_count)
{
    header_list const none_left{{"x-ratelimit-limit", "1000"}, {"x-ratelimit-remaining", "0"}};
    auto const with_flag = [&](std::string const& flag) {
        auto headers = none_left;
        headers.emplace_back("x-ratelimit-nearlimit", flag);
        return said(headers).nearly_used_up;
    };
    BOOST_TEST(!with_flag("false"));
    BOOST_TEST(with_flag("true"));
    BOOST_TEST(with_flag("perhaps"));
}

BOOST_AUTO_TEST_CASE(rate_headers_that_make_no_sense_are_none)
{
    for (auto const* nonsense : {"", "-1", "0x10", "1e3", "12 of 1000", "many", "1000000001", "99999999999999999999"}) {
        auto const read = said({{"x-ratelimit-limit", nonsense}, {"x-ratelimit-remaining", nonsense}});
        BOOST_TEST((!read.limit && !read.remaining && !read.nearly_used_up), nonsense);
    }
    BOOST_TEST(!said({{"x-ratelimit-limit", "0"}}).limit);
    BOOST_TEST(!said({{"x-ratelimit-limit", "1000"}, {"x-ratelimit-remaining", "1001"}}).remaining);
    for (auto const* nonsense : {"", "-5", "soon", "3601", "1796045000", "99999999999999999999"})
        BOOST_TEST(!said({{"x-ratelimit-reset", nonsense}}).reset, nonsense);
}

BOOST_AUTO_TEST_CASE(no_proxy_names_hosts_and_what_is_below_them)
{
    BOOST_TEST(!is_direct("api.bitbucket.org", ""));
    BOOST_TEST(is_direct("api.bitbucket.org", "*"));
    BOOST_TEST(is_direct("api.bitbucket.org", "localhost, .bitbucket.org"));
    BOOST_TEST(is_direct("api.bitbucket.org", "bitbucket.org"));
    BOOST_TEST(is_direct("bitbucket.org", ".bitbucket.org"));
    BOOST_TEST(!is_direct("notbitbucket.org", "bitbucket.org"));
    BOOST_TEST(!choose_proxy({}, "api.bitbucket.org").value());
    for (auto const* bad : {"socks5://proxy:1", "https://proxy:1", "http://", "http://user:se cret@"}) {
        auto const chosen = choose_proxy({bad, ""}, "api.bitbucket.org");
        BOOST_TEST(chosen.has_error(), bad);
        BOOST_TEST(chosen.error().message.find("cret") == std::string::npos);
    }
    // Refused where Boost.URL would cut it short, as before its later versions.
    auto const numbered = choose_proxy({"http://10.0.0.1.example.com:1", ""}, "api.bitbucket.org");
    BOOST_TEST((numbered.has_error() || (*numbered)->address.host == "10.0.0.1.example.com"));
    BOOST_TEST(choose_proxy({"proxy:3128", ""}, "a").value()->address.port == "3128");
}

BOOST_AUTO_TEST_CASE(what_is_plain_goes_straight_whatever_proxy_there_is)
{
    proxy_settings const proxies{"http://user:word@proxy:3128", ""};
    auto const plain = route_to(net::parse_web_address("http://127.0.0.1:7990").value(), proxies).value();
    BOOST_TEST(!plain.proxy.has_value());
    BOOST_TEST(plain.proxy_authorization.empty());
    auto const sealed = route_to(net::parse_web_address("https://127.0.0.1:7990").value(), proxies).value();
    BOOST_TEST(sealed.proxy.value().host == "proxy");
    BOOST_TEST(!sealed.proxy_authorization.empty());
}

BOOST_AUTO_TEST_CASE(targets_are_encoded_and_taken_apart)
{
    auto const made =
        target("/2.0").segment("{a b}").path("/refs/branches").segment("feature/x").query("q", "a>=\"b\"+1");
    BOOST_TEST(made.text() == "/2.0/%7Ba%20b%7D/refs/branches/feature%2Fx?q=a%3E%3D%22b%22%2B1");
    BOOST_TEST(with_parameter("/a?x=1&page=2&y=3", "page", "3") == "/a?x=1&page=3&y=3");
    BOOST_TEST(with_parameter("/a?subpage=1", "page", "2") == "/a?subpage=1&page=2");
    BOOST_TEST(with_parameter("/a", "page", "2") == "/a?page=2");
    BOOST_TEST(parameter("/a?subpage=1&page=2", "page").value() == "2");
    BOOST_TEST(!parameter("/a?subpage=1", "page").has_value());
    BOOST_TEST(target_of("https://api.bitbucket.org/2.0/x?page=2#there").value() == "/2.0/x?page=2");
    BOOST_TEST(target_of("/2.0/x").value() == "/2.0/x");
    for (auto const* bad : {"", "x", "//evil.example/x", "/a b", "/a\r\nHost: evil", "https://host", "http:/x"})
        BOOST_TEST((!target_of(bad) || target_of(bad) == "/"), bad);
}

BOOST_AUTO_TEST_CASE(waits_are_readable)
{
    BOOST_TEST(wait_text(milliseconds(3'600)) == "4 s");
    BOOST_TEST(wait_text(seconds(119)) == "119 s");
    BOOST_TEST(wait_text(seconds(121)) == "3 min");
    BOOST_TEST(wait_text(seconds(3600)) == "1 h");
    BOOST_TEST(wait_text(seconds(3900)) == "1 h 5 min");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(a_credential_that_comes_back_is_struck_out)
{
    auto const left_of = [](std::string said, std::string const& header) {
        strike_out_authorization(said, header);
        return said;
    };
    BOOST_TEST(left_of("no: Bearer shibboleth, shibboleth", "Bearer shibboleth") == "no: Bearer ***, ***");
    for (std::string const password : {"open sesame", "open sesames", "with:a colon", "open sesame!"}) {
        auto const header = basic_authorization("ada@acme.example", password);
        BOOST_TEST(left_of(header + " is " + password + " of ada@acme.example", header) ==
                   "Basic *** is *** of ada@acme.example");
    }
    BOOST_TEST(left_of("an error", "Basic !") == "an error");
    BOOST_TEST(left_of("an error", "Bearer error") == "an error");
    BOOST_TEST(left_of("", "").empty());
}

BOOST_AUTO_TEST_CASE(however_a_secret_is_written_it_is_struck_out)
{
    auto const left_of = [](std::string said, std::string const& secret) {
        strike_out(said, secret);
        return said;
    };
    std::string const secret = "a/b+c\"d\\e=f 1234567890";
    BOOST_TEST(left_of("<" + secret + ">", secret) == "<***>");
    BOOST_TEST(left_of(R"(<a\/b+c\"d\\e=f 1234567890>)", secret) == "<***>");
    BOOST_TEST(left_of(R"(<a\u002fb\u002Bc\u0022d\u005ce\u003df\u00201234567890>)", secret) == "<***>");
    BOOST_TEST(left_of(R"(<a\\u002fb+c\\\"d\\e\\u003df 1234567890>)", secret) == "<***>");
    BOOST_TEST(left_of("<a%2Fb%2bc%22d%5Ce%3Df%201234567890>", secret) == "<***>");
    BOOST_TEST(left_of("<" + secret.substr(0, 16) + "...>", secret) == "<***...>");
    BOOST_TEST(left_of("<" + secret.substr(0, 15) + "...>", secret) == "<" + secret.substr(0, 15) + "...>");
    BOOST_TEST(left_of("<shibbole>", "shibboleth") == "<shibbole>");
    BOOST_TEST(left_of("shibboleth\\", "shibboleth") == "***\\");

    auto const header = basic_authorization("ada@acme.example", "open sesame");
    BOOST_REQUIRE(header.ends_with("=="));
    auto const bare = header.substr(0, header.size() - 2);
    auto const left = [&](std::string said) {
        strike_out_authorization(said, header);
        return said;
    };
    for (auto const* padding : {"", "=", "==", "%3D%3d", R"(\u003d\u003D)"})
        BOOST_TEST(left("<" + bare + padding + ">") == "<Basic ***>");
    BOOST_TEST(left(header.substr(0, 6 + 24)) == "Basic ***");
}
