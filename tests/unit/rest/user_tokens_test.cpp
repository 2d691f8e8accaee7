// A person's tokens: renewed once for all who ask, kept before they are used, and what a refusal means.
#include "rest/user_tokens.hpp"

#include "rest/renewal.hpp"
#include "rest_fixture.hpp"
#include "support/temporary_directory.hpp"

#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <future>
#include <set>
#include <utility>

using namespace bbstream;
using namespace bbstream::test;

namespace {

constexpr micros an_hour = 3'600'000'000;

credential::sealing_key a_key()
{
    return credential::parse_sealing_key(std::string(credential::sealing_key_bytes, 'k')).value();
}

// A token endpoint whose refresh tokens rotate, and an API that takes the access tokens it has given.
struct rotating {
    std::string answer(asked const& what)
    {
        std::lock_guard const lock(guard);
        if (what.target() != "/token") {
            at_api();
            bool const known = good.contains(what.header("Authorization"));
            return answer_with(known ? 200 : 401, "{}");
        }
        ++refreshes;
        at_endpoint();
        if (!instead.empty())
            return instead;
        auto const form = "grant_type=refresh_token&refresh_token=";
        if (what.header("Authorization") != rest::basic_authorization("client", "hush") ||
            !what.body.starts_with(form) || !refresh.contains(what.body.substr(std::string(form).size())))
            return answer_with(400, R"({"error":"invalid_grant","error_description":"Invalid refresh_token"})");
        auto const number = std::to_string(++given);
        good = {"Bearer access-" + number};
        refresh = {"refresh-" + number};
        return answer_with(200, R"({"access_token":"access-)" + number + R"(","refresh_token":"refresh-)" + number +
                                    R"(","expires_in":7200,"scope":"account"})");
    }

    std::mutex guard;
    std::set<std::string> good{"Bearer access-0"};
    std::set<std::string> refresh{"refresh-0"};
    std::string instead;  // of any answer about tokens
    std::function<void()> at_api = [] {};
    std::function<void()> at_endpoint = [] {};
    int refreshes = 0;
    int given = 0;
};

struct logged_in {
    logged_in() { keep(-an_hour); }

    // What a login or an earlier renewal has left; the token ends so long from now.
    void keep(micros ends_in, std::string const& refresh = "refresh-0", std::string const& former = "")
    {
        credential::grant what;
        what.client_id = "client";
        what.access_token = "access-0";
        what.refresh_token = refresh;
        what.former_refresh_token = former;
        what.obtained = now_micros() - an_hour;
        what.expires = now_micros() + ends_in;
        BOOST_REQUIRE(store.write(ada, what));
    }
    credential::grant kept() const { return store.read(ada).value().value(); }

    rest::user_login login(std::string const& user = "") const
    {
        return {"cloud",
                user,
                {net::parse_web_address(server.url("/token")).value(), "client", "hush", "", false},
                directory,
                a_key()};
    }
    void use(client_of& by, std::string const& user = "") const
    {
        by.who = rest::user_authorization(by.loop.get_executor(), login(user), *by.over);
    }
    std::string refusal(client_of& by) const
    {
        auto const ended = by.get("/one");
        BOOST_REQUIRE(ended.has_error());
        for (auto const* secret : {"hush", "access-", "refresh-"})
            BOOST_TEST(ended.error().message.find(secret) == std::string::npos);
        return ended.error().message;
    }

    temporary_directory place;
    std::string const directory = place.file("tokens");
    credential::token_store const store{directory, a_key()};
    credential::owner const ada{"cloud", "ada"};
    rotating service;
    scripted_server server{[this](asked const& what) { return service.answer(what); }};
    client_of to{server.url()};
};

// All at once, each to its end; how many were answered 200.
int ask_many(std::vector<client_of*> const& by, int each)
{
    int answered = 0;
    auto& loop = by.front()->loop;
    for (auto* one : by)
        for (int number = 0; number < each; ++number)
            boost::asio::co_spawn(
                loop,
                [](rest::client& over, int& count) -> net::task<void> {
                    rest::request what;
                    what.target = "/one";
                    auto const ended = co_await over.send(what);
                    count += ended && ended->status == 200 ? 1 : 0;
                }(one->client(), answered),
                boost::asio::detached);
    loop.run();
    return answered;
}

std::string const revoked =
    "instance cloud: the login of ada is revoked or was not used for too long (the OAuth token endpoint refuses (400): "
    "Invalid refresh_token); log in again: bbstream auth login --instance cloud";

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_token_that_is_good_is_used_as_it_is, logged_in)
{
    keep(an_hour);
    use(to);
    BOOST_TEST(to.get("/one")->status == 200u);
    BOOST_TEST(service.refreshes == 0);
}

BOOST_FIXTURE_TEST_CASE(fifty_that_find_it_expired_renew_it_once, logged_in)
{
    use(to);
    BOOST_TEST(ask_many({&to}, 50) == 50);
    BOOST_TEST(service.refreshes == 1);
    BOOST_TEST((kept().refresh_token == "refresh-1" && kept().former_refresh_token == "refresh-0"));
    BOOST_TEST(kept().scopes == "account");
}

BOOST_FIXTURE_TEST_CASE(fifty_whose_token_is_refused_renew_it_once, logged_in)
{
    keep(an_hour);
    service.good.clear();
    use(to);
    BOOST_TEST(ask_many({&to}, 50) == 50);
    BOOST_TEST(service.refreshes == 1);
}

BOOST_FIXTURE_TEST_CASE(a_token_that_is_refused_again_at_once_is_not_renewed_for_ever, logged_in)
{
    keep(an_hour);
    service.at_api = [&] { service.good.clear(); };
    use(to);
    for (int number = 0; number < 5; ++number)
        BOOST_TEST(to.get("/one")->status == 401u);
    BOOST_TEST(service.refreshes == 1);
}

BOOST_FIXTURE_TEST_CASE(an_endpoint_that_gives_the_refused_token_again_is_asked_once, logged_in)
{
    keep(an_hour);
    service.good.clear();
    service.instead = answer_with(200, R"({"access_token":"access-0","expires_in":7200})");
    use(to);
    for (int number = 0; number < 3; ++number)
        BOOST_TEST(to.get("/one")->status == 401u);
    BOOST_TEST(service.refreshes == 1);
}

BOOST_FIXTURE_TEST_CASE(a_token_for_ever_is_one_for_a_year, logged_in)
{
    service.instead = answer_with(200, R"({"access_token":"access-0","expires_in":9223372036854775807})");
    use(to);
    BOOST_TEST(to.get("/one")->status == 200u);
    BOOST_TEST(service.refreshes == 1);
    BOOST_TEST(kept().expires - kept().obtained == 366 * 24 * an_hour);
    BOOST_TEST((kept().refresh_token == "refresh-0"));
}

BOOST_FIXTURE_TEST_CASE(a_stop_does_not_wait_for_another_process_that_renews, logged_in)
{
    auto const elsewhere = store.try_lock(ada);
    BOOST_REQUIRE((elsewhere && *elsewhere));
    rest::user_tokens tokens(to.loop.get_executor(), login(), *to.over);
    boost::asio::post(to.loop, [&] { to.over->stop(); });
    auto const ended = run(to.loop, tokens.usable({}));
    BOOST_REQUIRE(ended.has_error());
    BOOST_TEST(ended.error().message.ends_with("given up"));
    BOOST_TEST(service.refreshes == 0);
}

BOOST_FIXTURE_TEST_CASE(a_stop_waits_for_tokens_that_can_not_be_had_again, logged_in)
{
    service.at_endpoint = [this] {
        std::promise<void> stopped;
        boost::asio::post(to.loop, [&] {
            to.over->stop();
            stopped.set_value();
        });
        stopped.get_future().wait();
    };
    rest::user_tokens tokens(to.loop.get_executor(), login(), *to.over);
    BOOST_TEST(run(to.loop, tokens.usable({})).has_value());
    BOOST_TEST((kept().refresh_token == "refresh-1"));
    BOOST_TEST(to.get("/one").has_error());
}

BOOST_FIXTURE_TEST_CASE(two_that_share_the_store_renew_it_once, logged_in)
{
    // Each has a description of the lock file of its own, as two processes have.
    client_of other(server.url());
    use(to);
    other.who = rest::user_authorization(to.loop.get_executor(), login(), *to.over);
    other.made = std::make_unique<rest::client>(to.loop.get_executor(), other.options, *to.over, std::move(other.who));
    BOOST_TEST(ask_many({&to, &other}, 20) == 40);
    BOOST_TEST(service.refreshes == 1);
}

BOOST_FIXTURE_TEST_CASE(new_tokens_are_kept_before_they_are_used, logged_in)
{
    std::vector<std::string> seen;
    service.at_api = [&] { seen.emplace_back(kept().refresh_token); };
    use(to);
    BOOST_TEST(to.get("/one")->status == 200u);
    BOOST_TEST(seen == std::vector<std::string>{"refresh-1"}, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(what_the_disk_does_not_take_is_not_used_and_not_lost, logged_in)
{
    auto const in_the_way = store.path(ada) + ".new";
    std::filesystem::create_directories(in_the_way + "/x");
    service.at_api = [] { BOOST_ERROR("used before it was kept"); };
    use(to);
    for (int number = 0; number < 3; ++number)
        BOOST_TEST(refusal(to) == in_the_way + ": File exists");
    BOOST_TEST((kept().refresh_token == "refresh-0"));
    BOOST_TEST(service.refreshes == 0);

    std::filesystem::remove_all(in_the_way);
    service.at_api = [] {};
    BOOST_TEST(to.get("/one")->status == 200u);
    BOOST_TEST((kept().refresh_token == "refresh-1"));
    BOOST_TEST(service.refreshes == 1);
}

BOOST_FIXTURE_TEST_CASE(what_the_disk_refuses_after_all_is_kept_later, logged_in)
{
    auto const fresh = store.path(ada) + ".new";
    service.at_endpoint = [&] {
        BOOST_TEST(std::filesystem::file_size(fresh) > 4096u);
        std::filesystem::remove(fresh);
    };
    service.at_api = [] { BOOST_ERROR("used before it was kept"); };
    use(to);
    BOOST_TEST(refusal(to) == fresh + ": No such file or directory");
    BOOST_TEST((kept().refresh_token == "refresh-0"));

    service.at_api = [] {};
    BOOST_TEST(to.get("/one")->status == 200u);
    BOOST_TEST((kept().refresh_token == "refresh-1"));
    BOOST_TEST(service.refreshes == 1);
}

BOOST_FIXTURE_TEST_CASE(a_refused_renewal_leaves_no_file_behind, logged_in)
{
    service.instead = answer_with(401, R"({"error":"invalid_client"})");
    use(to);
    refusal(to);
    BOOST_TEST(!std::filesystem::exists(store.path(ada) + ".new"));
    BOOST_TEST((kept().refresh_token == "refresh-0"));
}

BOOST_FIXTURE_TEST_CASE(the_former_refresh_token_is_tried_where_the_newer_one_is_refused, logged_in)
{
    keep(-an_hour, "lost", "refresh-0");
    use(to);
    BOOST_TEST(to.get("/one")->status == 200u);
    BOOST_TEST(service.refreshes == 2);
    BOOST_TEST((kept().refresh_token == "refresh-1" && kept().former_refresh_token == "refresh-0"));
}

BOOST_FIXTURE_TEST_CASE(a_revoked_login_is_said_once_tried_and_mended_by_a_new_one, logged_in)
{
    keep(-an_hour, "gone", "older");
    use(to);
    for (int number = 0; number < 3; ++number)
        BOOST_TEST(refusal(to) == revoked);
    BOOST_TEST(service.refreshes == 2);
    // Another process tries the newer one, and never again the former.
    BOOST_TEST((kept().refresh_token == "gone" && kept().former_refresh_token.empty()));
    client_of other(server.url());
    use(other);
    BOOST_TEST(refusal(other) == revoked);
    BOOST_TEST(service.refreshes == 3);

    keep(an_hour);
    BOOST_TEST(to.get("/one")->status == 200u);
}

BOOST_FIXTURE_TEST_CASE(trouble_of_the_endpoint_and_a_wrong_client_cost_no_login, logged_in)
{
    use(to);
    service.instead =
        answer_with(401, R"({"error":"invalid_client","error_description":"Invalid OAuth client credentials"})");
    BOOST_TEST(refusal(to) == "the OAuth token endpoint refuses (401): Invalid OAuth client credentials");
    service.instead = answer_with(200, R"({"token_type":"bearer"})");
    BOOST_TEST(refusal(to) == "the OAuth token endpoint gives no access token");
    BOOST_TEST((kept().refresh_token == "refresh-0"));
    service.instead.clear();
    BOOST_TEST(to.get("/one")->status == 200u);
}

BOOST_FIXTURE_TEST_CASE(what_the_endpoint_repeats_of_a_token_is_not_told, logged_in)
{
    keep(-an_hour, "refresh-that-ended");
    service.instead = answer_with(400, R"({"error":"invalid_grant","error_description":"no refresh-that-ended of )" +
                                           rest::basic_authorization("client", "hush").substr(6) + "\"}");
    use(to);
    BOOST_TEST(refusal(to).find("(400): no *** of ***)") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(an_endpoint_that_is_away_is_asked_again, logged_in)
{
    service.instead = answer_with(503, "");
    rest::user_tokens tokens(to.loop.get_executor(), login(), *to.over);
    auto const away = run(to.loop, tokens.usable(""));
    BOOST_REQUIRE(away.has_error());
    BOOST_TEST((away.error().kind == failure_kind::unavailable));
    BOOST_TEST((kept().refresh_token == "refresh-0"));
    service.instead.clear();
    BOOST_TEST((run(to.loop, tokens.usable("")).value().access_token == "access-1"));
}

BOOST_FIXTURE_TEST_CASE(renewing_now_renews_what_is_good_too, logged_in)
{
    keep(an_hour);
    rest::user_tokens tokens(to.loop.get_executor(), login(), *to.over);
    BOOST_TEST((run(to.loop, tokens.renewed_now()).value().access_token == "access-1"));
    BOOST_TEST((kept().refresh_token == "refresh-1"));
}

BOOST_FIXTURE_TEST_CASE(a_clock_that_was_put_back_costs_one_renewal, logged_in)
{
    auto early = kept();
    early.obtained = now_micros() + 9000 * an_hour;
    early.expires = early.obtained + 2 * an_hour;
    BOOST_REQUIRE(store.write(ada, early));
    use(to);
    BOOST_TEST(ask_many({&to}, 50) == 50);
    BOOST_TEST(service.refreshes == 1);
    client_of other(server.url());
    use(other);
    BOOST_TEST(other.get("/one")->status == 200u);
    BOOST_TEST(service.refreshes == 1);
}

BOOST_FIXTURE_TEST_CASE(whose_tokens_are_used_must_be_clear, logged_in)
{
    use(to, "grace");
    BOOST_TEST(refusal(to) == "instance cloud: grace is not logged in: bbstream auth login --instance cloud");

    auto foreign = kept();
    foreign.client_id = "another";
    BOOST_REQUIRE(store.write({"cloud", "grace"}, foreign));
    BOOST_TEST(refusal(to) ==
               "instance cloud: the login of grace was for another auth.client_id; log in again: bbstream auth login "
               "--instance cloud");
    client_of unclear(server.url());
    use(unclear);
    BOOST_TEST(refusal(unclear) ==
               "instance cloud: several users are logged in (ada, grace): set auth.username to one");

    std::filesystem::remove_all(directory);
    BOOST_TEST(refusal(unclear) == "instance cloud: nobody is logged in: bbstream auth login --instance cloud");
}

BOOST_AUTO_TEST_CASE(a_token_is_renewed_before_its_end_and_a_short_lived_one_after_half_of_its_life)
{
    credential::grant what;
    what.access_token = "access";
    what.obtained = 1000 * an_hour;
    what.expires = what.obtained + 2 * an_hour;
    BOOST_TEST(rest::is_usable(what, what.expires - 90'000'001, ""));
    BOOST_TEST(!rest::is_usable(what, what.expires - 90'000'000, ""));
    BOOST_TEST(!rest::is_usable(what, what.obtained, "access"));
    what.expires = what.obtained + 10'000'000;
    BOOST_TEST(rest::is_usable(what, what.obtained + 4'999'999, ""));
    BOOST_TEST(!rest::is_usable(what, what.obtained + 5'000'000, ""));
    BOOST_TEST(!rest::is_usable({}, 0, ""));
}

BOOST_AUTO_TEST_CASE(a_clock_that_jumps_costs_a_renewal_a_jump_and_no_more)
{
    constexpr micros a_minute = an_hour / 60;
    micros now = 500'000 * an_hour;
    rest::token_answer answer;
    answer.expires_in = std::chrono::hours(2);
    auto const renew = [&](credential::grant from) {
        answer.access_token = "access";
        return rest::renewed(std::move(from), answer, "refresh", now);
    };
    auto what = renew({});
    int renewals = 0;
    auto const pass_an_hour = [&] {
        for (int minute = 0; minute < 60; ++minute, now += a_minute)
            if (!rest::is_usable(what, now, "")) {
                what = renew(what);
                ++renewals;
                BOOST_TEST(rest::is_usable(what, now, ""));
            }
        return std::exchange(renewals, 0);
    };
    BOOST_TEST(pass_an_hour() == 0);
    for (micros const jump : {90'000 * an_hour, -90'000 * an_hour, -3 * an_hour, 3 * an_hour}) {
        now += jump;
        BOOST_TEST(pass_an_hour() == 1);
    }
    // Too little to matter.
    what = renew(what);
    now -= a_minute / 2;
    BOOST_TEST(pass_an_hour() == 0);
}
