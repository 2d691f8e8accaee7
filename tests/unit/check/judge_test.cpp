// What findings come to.
#include "check/judge.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::check;

namespace {

constexpr micros second = 1'000'000;
constexpr micros day = 24 * 3600 * second;
// Sun, 06 Nov 1994 08:49:37 GMT
constexpr micros instant = 784111777 * second;
constexpr std::string_view date = "Sun, 06 Nov 1994 08:49:37 GMT";

line clock_off_by(std::int64_t seconds)
{
    return judge_clock(date, instant + seconds * second, instant + seconds * second + second);
}

line scopes_of(std::string const& granted)
{
    rest::response answer;
    if (!granted.empty())
        answer.headers.emplace_back("x-oauth-scopes", granted);
    return judge_scopes(answer, needed_scopes({true, false, config::hook_scope::repository, {}}, vocabulary::classic),
                        vocabulary::classic, "admin ");
}

bool mentions(std::string const& text, std::string_view what)
{
    return text.find(what) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(judge)

BOOST_AUTO_TEST_CASE(a_credential_is_accepted_where_bitbucket_says_so)
{
    auto const judged = [](unsigned status, std::string const& body, rest::header_list headers = {}) {
        return judge_user({status, std::move(headers), body}, "");
    };
    BOOST_TEST(judged(200, R"({"display_name":"Ada","uuid":"{1}"})").said == "accepted, as Ada");
    BOOST_TEST(judged(200, R"({"uuid":"{1}"})").said == "accepted, as somebody");
    auto const unknown = judged(403, R"({"type":"error","error":{"message":"no"}})");
    BOOST_TEST((unknown.how == grade::ok && unknown.said == "accepted; it does not say who it is"));
    BOOST_TEST(judged(403, "", {{"x-credential-type", "apitoken"}}).said ==
               "accepted (apitoken); it does not say who it is");
    BOOST_TEST((judged(403, "", {{"x-oauth-scopes", "repository"}}).how == grade::ok));
    for (auto const* body : {"<html>Log in</html>", "{}", "", "[]", "{\"display_name\":7}"})
        for (unsigned const status : {200u, 403u}) {
            auto const portal = judged(status, body);
            BOOST_TEST((portal.how == grade::failed && !portal.advice.empty()), body);
            BOOST_TEST(portal.said == "what answers is not Bitbucket (" + std::to_string(status) + ")");
        }
    auto const refused = judged(401, R"({"type":"error"})");
    BOOST_TEST((refused.how == grade::failed && refused.said.empty()));
}

BOOST_AUTO_TEST_CASE(data_center_knows_who_may_list_its_users)
{
    struct {
        unsigned status;
        char const* body;
        grade how;
        char const* said;
    } const cases[] = {
        {200, R"({"values":[{"name":"ada"}]})", grade::ok, "accepted"},
        {200, R"({"values":[]})", grade::ok, "accepted"},
        {401, R"({"errors":[{"message":"no"}]})", grade::failed, "not authenticated"},
        {403, "", grade::failed, "not authenticated"},
        {200, "<html>Log in</html>", grade::failed, "what answers is not Bitbucket (200)"},
        {200, "{}", grade::failed, "what answers is not Bitbucket (200)"},
        {404, "", grade::unknown, "nothing tells whether it is accepted"},
        {503, R"({"values":[]})", grade::unknown, "nothing tells whether it is accepted"},
    };
    for (auto const& [status, body, how, said] : cases) {
        auto const judged = judge_standing({status, {}, body}, "admin ");
        BOOST_TEST_CONTEXT(status << ' ' << body)
        {
            BOOST_TEST((judged.how == how && judged.what == "admin credential"));
            BOOST_TEST(judged.said.starts_with(said), judged.said);
            BOOST_TEST(judged.advice.empty() == (how != grade::failed));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_certificate_that_ends_soon_is_warned_of)
{
    auto const fine = judge_certificate(instant + certificate_margin, instant);
    BOOST_TEST((fine.how == grade::ok));
    BOOST_TEST(mentions(fine.said, "1994-11-27"));
    auto const late = judge_certificate(instant + 1 * day, instant);
    BOOST_TEST((late.how == grade::warning));
    BOOST_TEST(mentions(late.said, "1 day from now"));
    BOOST_TEST(!late.advice.empty());
}

BOOST_AUTO_TEST_CASE(clocks_may_differ_a_little)
{
    BOOST_TEST((clock_off_by(0).how == grade::ok));
    BOOST_TEST((clock_off_by(skew_noticed).how == grade::ok));
    BOOST_TEST((clock_off_by(-skew_noticed).how == grade::ok));
    auto const ahead = clock_off_by(skew_noticed + 1);
    BOOST_TEST((ahead.how == grade::warning));
    BOOST_TEST(mentions(ahead.said, "11 s ahead"));
    auto const behind = clock_off_by(-skew_refused - 2);
    BOOST_TEST((behind.how == grade::failed));
    BOOST_TEST(mentions(behind.said, "301 s behind"));
    BOOST_TEST((judge_clock("", instant, instant).how == grade::unknown));
    BOOST_TEST((judge_clock("yesterday", instant, instant).how == grade::unknown));
}

BOOST_AUTO_TEST_CASE(a_long_request_does_not_make_a_clock_wrong)
{
    BOOST_TEST((judge_clock(date, instant - 100 * second, instant + 100 * second).how == grade::ok));
}

BOOST_AUTO_TEST_CASE(scopes_are_named)
{
    BOOST_TEST((scopes_of("repository, pullrequest, pipeline").how == grade::ok));
    BOOST_TEST(scopes_of("repository").what == "admin scopes");
    auto const missing = scopes_of("repository");
    BOOST_TEST((missing.how == grade::failed));
    BOOST_TEST(mentions(missing.said, "pullrequest (to read pull requests)"));
    BOOST_TEST(mentions(missing.said, "pipeline (to read pipelines)"));
    auto const without_pipelines = scopes_of("repository, pullrequest");
    BOOST_TEST((without_pipelines.how == grade::warning));
    BOOST_TEST(without_pipelines.said == "missing: pipeline (to read pipelines)");
    auto const much = scopes_of("pullrequest, pipeline, repository:admin");
    BOOST_TEST((much.how == grade::warning));
    BOOST_TEST(mentions(much.said, "more than needed: repository:admin"));
    auto const silent = scopes_of("");
    BOOST_TEST((silent.how == grade::unknown));
    BOOST_TEST(mentions(silent.said, "needed: repository, pullrequest, pipeline"));
}

BOOST_AUTO_TEST_CASE(what_is_left_of_the_limit)
{
    BOOST_TEST((judge_allowance({}, "1000 an hour").how == grade::unknown));
    BOOST_TEST((judge_allowance({1000, {}, {}, false}, "").how == grade::ok));
    BOOST_TEST((judge_allowance({1000, {}, {}, true}, "").how == grade::warning));
    auto const none = judge_allowance({1000, 0, {}, false}, "");
    BOOST_TEST((none.how == grade::warning));
    BOOST_TEST(none.said == "0 requests left of 1000");
}

BOOST_AUTO_TEST_CASE(hooks_are_counted_by_what_is_wrong)
{
    config::instance one;
    one.webhook_url = "https://bb.acme.example/hook";
    hooks::hook right;
    right.url = one.webhook_url;
    right.events = {"repo:push"};
    auto off = right;
    off.active = false;
    auto const at = [](std::string const& slug, std::vector<hooks::hook> there) {
        return hooks::observed{{hooks::level::repository, "acme", slug}, std::move(there)};
    };
    hooks::survey seen;
    seen.there = {at("api", {right})};
    auto const fine = judge_hooks(seen, one, {"repo:push"});
    BOOST_TEST((fine.how == grade::ok));
    BOOST_TEST(fine.said == "as configured, of 1 that were looked at");
    seen.there = {at("api", {right, right}), at("web", {off}), at("jobs", {})};
    auto const drift = judge_hooks(seen, one, {"repo:push"});
    BOOST_TEST((drift.how == grade::warning));
    BOOST_TEST(drift.said == "1 missing, 1 not as configured, 1 twice, of 3 that were looked at");
    BOOST_TEST(mentions(drift.advice, "hooks sync"));
    seen.failures = {"acme/secret: its webhooks can't be seen: 403"};
    auto const refused = judge_hooks(seen, one, {"repo:push"});
    BOOST_TEST((refused.how == grade::failed));
    BOOST_TEST(mentions(refused.said, "1 can't be seen (acme/secret: "));
}

BOOST_AUTO_TEST_SUITE_END()
