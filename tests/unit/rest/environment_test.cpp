// Which instance the environment describes.
#include "rest/environment.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>

using namespace bbstream;
using config::auth_kind;

namespace {

// Of all that count those that are given, until its end.
struct variables {
    variables(std::initializer_list<std::pair<char const*, char const*>> given)
    {
        clear();
        for (auto const& [name, value] : given)
            ::setenv(name, value, 1);
    }
    ~variables() { clear(); }

    static void clear()
    {
        for (auto const* name : {"BITBUCKET_URL", "BITBUCKET_USERNAME", "BITBUCKET_API_TOKEN", "BITBUCKET_APP_PASSWORD",
                                 "BITBUCKET_TOKEN", "BITBUCKET_WORKSPACE", "CLIENT_ID", "CLIENT_SECRET", "REDIRECT_URI",
                                 "HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "BBSTREAM_STATE_KEY"})
            ::unsetenv(name);
    }

    static config::instance instance() { return rest::instance_from_environment().value().value(); }
    static std::string refusal() { return rest::instance_from_environment().error().message; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(environment)

BOOST_AUTO_TEST_CASE(a_client_without_an_address_is_clouds)
{
    variables const set{{"CLIENT_ID", "key"}, {"CLIENT_SECRET", "hush"}};
    auto const one = variables::instance();
    BOOST_TEST((one.platform == product::cloud && one.auth->kind == auth_kind::oauth_client));
    BOOST_TEST(one.api == "https://api.bitbucket.org/2.0");
    BOOST_TEST(one.auth->token_url.empty());
}

BOOST_AUTO_TEST_CASE(a_client_of_a_cloud_that_is_elsewhere_has_its_oauth_there)
{
    variables const set{{"CLIENT_ID", "key"},
                        {"CLIENT_SECRET", "hush"},
                        {"REDIRECT_URI", "http://127.0.0.1:1/callback"},
                        {"BITBUCKET_URL", "https://gateway.example/2.0/"}};
    auto const one = variables::instance();
    BOOST_TEST((one.platform == product::cloud && one.auth->kind == auth_kind::oauth_user));
    BOOST_TEST(one.api == "https://gateway.example/2.0");
    BOOST_TEST(one.auth->token_url == "https://gateway.example/site/oauth2/access_token");
}

BOOST_AUTO_TEST_CASE(a_client_of_any_other_address_is_a_person_of_data_center)
{
    variables const set{{"CLIENT_ID", "key"},
                        {"CLIENT_SECRET", "hush"},
                        {"REDIRECT_URI", "https://127.0.0.1:1/callback"},
                        {"BITBUCKET_URL", "https://bitbucket.example/context/"}};
    auto const one = variables::instance();
    BOOST_TEST((one.platform == product::datacenter && one.auth->kind == auth_kind::oauth_user));
    BOOST_TEST(one.api == "https://bitbucket.example/context");
    BOOST_TEST((one.auth->token_url.empty() && one.auth->authorize_url.empty()));
    BOOST_TEST(one.auth->redirect_uri == "https://127.0.0.1:1/callback");
}

BOOST_AUTO_TEST_CASE(data_center_has_nothing_for_the_client_itself)
{
    variables const set{
        {"CLIENT_ID", "key"}, {"CLIENT_SECRET", "hush"}, {"BITBUCKET_URL", "https://bitbucket.example"}};
    BOOST_TEST(
        variables::refusal() ==
        "REDIRECT_URI is missing beside CLIENT_SECRET: Data Center lets in persons only, by it and bbstream auth "
        "login (Cloud's BITBUCKET_URL ends with /2.0)");
}

BOOST_AUTO_TEST_CASE(a_token_with_an_address_is_data_centers)
{
    variables const set{{"BITBUCKET_TOKEN", "hush"}, {"BITBUCKET_URL", "https://bitbucket.example"}};
    auto const one = variables::instance();
    BOOST_TEST((one.platform == product::datacenter && one.auth->kind == auth_kind::pat));
    BOOST_TEST(one.auth->secret->text == "env:BITBUCKET_TOKEN");
}

BOOST_AUTO_TEST_CASE(a_token_with_clouds_address_is_clouds)
{
    for (auto const* url : {"https://api.bitbucket.org/2.0", "https://api.bitbucket.org/2.0/", "https://bitbucket.org",
                            "https://bitbucket.org/acme/", "https://www.bitbucket.org", "https://api.bitbucket.org",
                            "HTTPS://API.Bitbucket.org/2.0"}) {
        variables const set{{"BITBUCKET_TOKEN", "hush"}, {"BITBUCKET_URL", url}};
        auto const one = variables::instance();
        BOOST_TEST((one.platform == product::cloud && one.auth->kind == auth_kind::access_token), url);
        BOOST_TEST(one.api == "https://api.bitbucket.org/2.0", url);
    }
    variables const elsewhere{{"BITBUCKET_TOKEN", "hush"}, {"BITBUCKET_URL", "https://gateway.example/2.0"}};
    BOOST_TEST((variables::instance().auth->kind == auth_kind::access_token));
    BOOST_TEST(variables::instance().api == "https://gateway.example/2.0");
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_clouds_address_is_data_centers)
{
    for (auto const* url :
         {"https://bitbucket.org.example", "https://bitbucket.example/bitbucket.org", "https://mybitbucket.org"}) {
        variables const set{{"BITBUCKET_TOKEN", "hush"}, {"BITBUCKET_URL", url}};
        BOOST_TEST((variables::instance().auth->kind == auth_kind::pat), url);
        BOOST_TEST(variables::instance().api == url);
    }
}

BOOST_AUTO_TEST_CASE(a_client_of_clouds_address_has_its_oauth_where_cloud_has_it)
{
    variables const set{
        {"CLIENT_ID", "key"}, {"CLIENT_SECRET", "hush"}, {"BITBUCKET_URL", "https://api.bitbucket.org/2.0"}};
    auto const one = variables::instance();
    BOOST_TEST((one.platform == product::cloud && one.auth->kind == auth_kind::oauth_client));
    BOOST_TEST(one.auth->token_url.empty());
}

BOOST_AUTO_TEST_CASE(a_client_has_a_secret)
{
    for (auto const* redirect : {"https://127.0.0.1:1/callback", ""}) {
        variables const set{{"CLIENT_ID", "key"}, {"REDIRECT_URI", redirect}};
        BOOST_TEST(variables::refusal() == "CLIENT_SECRET is missing beside CLIENT_ID: the OAuth consumer's secret");
    }
    variables const set{{"CLIENT_ID", "of something else"}, {"BITBUCKET_TOKEN", "hush"}};
    BOOST_TEST((variables::instance().auth->kind == auth_kind::access_token));
}

BOOST_AUTO_TEST_CASE(tokens_lie_at_home_or_nowhere)
{
    {
        variables const set{{"HOME", "/home/ada"}};
        auto const state = rest::state_from_environment();
        BOOST_TEST(state.path == "/home/ada/.local/state/bbstream");
        BOOST_TEST(state.key.value().text == "file:/home/ada/.config/bbstream/state.key");
    }
    {
        variables const set{{"XDG_STATE_HOME", "/state"}, {"BBSTREAM_STATE_KEY", "hush"}};
        auto const state = rest::state_from_environment();
        BOOST_TEST(state.path == "/state/bbstream");
        BOOST_TEST(state.key.value().text == "env:BBSTREAM_STATE_KEY");
    }
    for (auto const* lonely : {"XDG_STATE_HOME", "XDG_CONFIG_HOME", "BBSTREAM_STATE_KEY"}) {
        variables const set{{"HOME", ""}, {lonely, "/somewhere"}};
        BOOST_TEST(rest::state_from_environment().path == "");
    }
}

BOOST_AUTO_TEST_CASE(a_workspace_is_one_name)
{
    for (auto const* bad : {"..", ".", "acme/api", "/", "acme/"}) {
        variables const set{{"BITBUCKET_TOKEN", "hush"}, {"BITBUCKET_WORKSPACE", bad}};
        BOOST_TEST(variables::refusal() == "BITBUCKET_WORKSPACE is no workspace's name");
    }
    variables const set{{"BITBUCKET_TOKEN", "hush"}, {"BITBUCKET_WORKSPACE", "{0b-1}"}};
    BOOST_TEST(variables::instance().workspace == "{0b-1}");
}

BOOST_AUTO_TEST_CASE(nothing_is_described_by_nothing)
{
    variables const set{{"BITBUCKET_URL", "https://bitbucket.example"}};
    BOOST_TEST(!rest::instance_from_environment().value());
}

BOOST_AUTO_TEST_SUITE_END()
