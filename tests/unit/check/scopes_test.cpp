// What each configuration needs, in each vocabulary.
#include "check/scopes.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace bbstream;
using namespace bbstream::check;

namespace {

std::string required(duties const& of, vocabulary in)
{
    std::string all;
    for (auto const& each : needed_scopes(of, in))
        if (each.required)
            all += (all.empty() ? "" : " ") + each.name;
    return all;
}

duties all_of_them()
{
    return {true, true, config::hook_scope::repository, {"review", "pipelines", "insights"}};
}

std::string gap_text(scope_gap const& of)
{
    std::string text = "-";
    for (auto const& each : of.missing)
        text += each.name + ' ';
    text += '+';
    for (auto const& each : of.excess)
        text += each + ' ';
    return text;
}

std::string gap(duties const& of, std::vector<std::string> const& granted, vocabulary in)
{
    return gap_text(compare_scopes(needed_scopes(of, in), granted, in));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scopes)

BOOST_AUTO_TEST_CASE(nothing_but_reading_needs_the_least)
{
    BOOST_TEST(required({}, vocabulary::granular) == "read:repository:bitbucket");
    BOOST_TEST(required({}, vocabulary::classic) == "repository");
    BOOST_TEST(required({}, vocabulary::permissions) == "REPO_READ");
}

BOOST_AUTO_TEST_CASE(polling_needs_what_is_polled)
{
    duties const polling{true, false, config::hook_scope::repository, {}};
    BOOST_TEST(required(polling, vocabulary::granular) ==
               "read:repository:bitbucket read:pullrequest:bitbucket read:pipeline:bitbucket");
    BOOST_TEST(required(polling, vocabulary::classic) == "repository pullrequest pipeline");
    BOOST_TEST(required(polling, vocabulary::permissions) == "REPO_READ");
}

BOOST_AUTO_TEST_CASE(polling_goes_on_without_pipelines_but_who_runs_them_needs_them)
{
    auto const fatal = [](duties const& of) {
        std::string all;
        for (auto const& each : needed_scopes(of, vocabulary::granular))
            if (each.required && each.fatal)
                all += (all.empty() ? "" : " ") + each.name;
        return all;
    };
    BOOST_TEST(fatal({true, false, config::hook_scope::repository, {}}) ==
               "read:repository:bitbucket read:pullrequest:bitbucket");
    BOOST_TEST(fatal({true, false, config::hook_scope::repository, {"pipelines"}}) ==
               "read:repository:bitbucket read:pullrequest:bitbucket read:pipeline:bitbucket "
               "write:pipeline:bitbucket");
}

BOOST_AUTO_TEST_CASE(everything_together_names_each_scope_once)
{
    BOOST_TEST(required(all_of_them(), vocabulary::granular) ==
               "read:repository:bitbucket read:pullrequest:bitbucket read:pipeline:bitbucket read:webhook:bitbucket "
               "write:webhook:bitbucket write:pullrequest:bitbucket write:pipeline:bitbucket");
    BOOST_TEST(required(all_of_them(), vocabulary::classic) ==
               "repository pullrequest pipeline webhook pullrequest:write pipeline:write");
    BOOST_TEST(required(all_of_them(), vocabulary::permissions) == "REPO_READ REPO_ADMIN");
}

BOOST_AUTO_TEST_CASE(hooks_of_projects_need_their_administration)
{
    duties const hooks{false, true, config::hook_scope::project, {}};
    BOOST_TEST(required(hooks, vocabulary::permissions) == "REPO_READ PROJECT_ADMIN");
}

BOOST_AUTO_TEST_CASE(api_tokens_imply_nothing)
{
    duties const review{false, false, config::hook_scope::repository, {"review"}};
    BOOST_TEST(gap(review, {"write:pullrequest:bitbucket"}, vocabulary::granular) ==
               "-read:repository:bitbucket read:pullrequest:bitbucket +");
}

BOOST_AUTO_TEST_CASE(classic_scopes_imply_others)
{
    duties const review{true, false, config::hook_scope::repository, {"review"}};
    BOOST_TEST(gap(review, {"pullrequest:write", "pipeline"}, vocabulary::classic) == "-+");
    // What a needed one gives anyway is no excess; what nothing needs is.
    BOOST_TEST(gap(review, {"pullrequest:write", "repository:write", "pipeline", "repository:admin"},
                   vocabulary::classic) == "-+repository:admin ");
    BOOST_TEST(gap(review, {"pullrequest", "pipeline"}, vocabulary::classic) == "-pullrequest:write +");
}

BOOST_AUTO_TEST_CASE(what_is_welcome_is_neither_missing_nor_too_much)
{
    BOOST_TEST(gap({}, {"repository", "account", "project"}, vocabulary::classic) == "-+");
    duties const polling{true, false, config::hook_scope::repository, {}};
    BOOST_TEST(gap(polling, {"REPO_READ"}, vocabulary::permissions) == "-+");
    BOOST_TEST(gap(polling, {"REPO_ADMIN"}, vocabulary::permissions) == "-+");
    duties const hooks{false, true, config::hook_scope::workspace, {}};
    BOOST_TEST(gap(hooks,
                   {"read:repository:bitbucket", "read:webhook:bitbucket", "write:webhook:bitbucket",
                    "delete:webhook:bitbucket", "admin:repository:bitbucket"},
                   vocabulary::granular) == "-+admin:repository:bitbucket ");
}

BOOST_AUTO_TEST_CASE(a_second_credential_takes_the_webhooks_over)
{
    config::instance one;
    one.webhook_url = "https://bb.acme.example/webhooks/cloud";
    one.auth.emplace();
    one.auth->uses = {"insights"};
    BOOST_TEST(duties_of_reader(one, true).hooks);
    one.admin_auth.emplace();
    one.admin_auth->uses = {"review"};
    BOOST_TEST(!duties_of_reader(one, true).hooks);
    BOOST_TEST(duties_of_reader(one, true).uses.front() == "insights");
    BOOST_TEST(duties_of_admin(one).hooks);
    BOOST_TEST(duties_of_admin(one).uses.front() == "review");
}

BOOST_AUTO_TEST_CASE(kinds_have_their_vocabulary)
{
    using config::auth_kind;
    BOOST_TEST((vocabulary_of(auth_kind::api_token, product::cloud) == vocabulary::granular));
    BOOST_TEST((vocabulary_of(auth_kind::access_token, product::cloud) == vocabulary::classic));
    BOOST_TEST((vocabulary_of(auth_kind::oauth_user, product::cloud) == vocabulary::classic));
    BOOST_TEST((vocabulary_of(auth_kind::pat, product::datacenter) == vocabulary::permissions));
}

BOOST_AUTO_TEST_CASE(lists_of_scopes_are_split)
{
    BOOST_TEST(split_scopes("a, b,c d").size() == 4u);
    BOOST_TEST(split_scopes("").empty());
    BOOST_TEST(split_scopes(" ,, ").empty());
}

BOOST_AUTO_TEST_SUITE_END()
