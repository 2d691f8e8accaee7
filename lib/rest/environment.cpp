#include "rest/environment.hpp"

#include "config/checks.hpp"
#include "net/web_address.hpp"
#include "rest/service.hpp"

#include <boost/url/grammar/ci_string.hpp>

#include <cstdlib>

namespace bbstream::rest {
namespace {

constexpr char const* cloud_api = "https://api.bitbucket.org/2.0";
constexpr std::string_view cloud_api_end = "/2.0";

std::string variable(char const* name)
{
    char const* const value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

bool is_set(char const* name)
{
    return !variable(name).empty();
}

config::auth secret_in(config::auth_kind kind, char const* name)
{
    config::auth who;
    who.kind = kind;
    who.secret = config::secret_reference{std::string("env:") + name};
    return who;
}

// Whether this is where Cloud lives: the address of its API, or the one that people see in their browsers. Case does
// not matter in names of hosts.
bool is_clouds_own(std::string const& url)
{
    auto const address = net::parse_web_address(url);
    auto const is_at = [&](std::string_view host) { return boost::urls::grammar::ci_is_equal(address->host, host); };
    return address && (is_at("api.bitbucket.org") || is_at("bitbucket.org") || is_at("www.bitbucket.org"));
}

// BITBUCKET_URL, without slashes at its end; else Cloud's.
std::string api_in_environment()
{
    std::string api = variable("BITBUCKET_URL");
    if (api.empty() || is_clouds_own(api))
        return cloud_api;
    while (api.ends_with('/'))
        api.pop_back();
    return api;
}

// A Cloud that is elsewhere (behind a gateway, say) has its API's path. What only Cloud knows is for Cloud.
product platform_of(config::auth const& who, std::string const& api)
{
    bool const clouds_only = who.kind == config::auth_kind::api_token || who.kind == config::auth_kind::app_password;
    return clouds_only || api.ends_with(cloud_api_end) ? product::cloud : product::datacenter;
}

std::optional<config::auth> auth_in_environment(std::string const& api)
{
    std::optional<config::auth> who;
    if (is_set("BITBUCKET_API_TOKEN"))
        who = secret_in(config::auth_kind::api_token, "BITBUCKET_API_TOKEN");
    else if (is_set("BITBUCKET_APP_PASSWORD"))
        who = secret_in(config::auth_kind::app_password, "BITBUCKET_APP_PASSWORD");
    else if (is_set("BITBUCKET_TOKEN"))
        who = secret_in(api.ends_with(cloud_api_end) ? config::auth_kind::access_token : config::auth_kind::pat,
                        "BITBUCKET_TOKEN");
    else if (is_set("CLIENT_SECRET"))
        who = secret_in(is_set("REDIRECT_URI") ? config::auth_kind::oauth_user : config::auth_kind::oauth_client,
                        "CLIENT_SECRET");
    if (who) {
        who->username = variable("BITBUCKET_USERNAME");
        who->client_id = variable("CLIENT_ID");
        if (is_set("REDIRECT_URI"))
            who->redirect_uri = variable("REDIRECT_URI");
    }
    return who;
}

}  // namespace

result<std::optional<config::instance>> instance_from_environment()
{
    auto const missing = [](std::string const& what) { return failure{failure_kind::invalid, what}; };
    auto api = api_in_environment();
    auto who = auth_in_environment(api);
    if (!who && is_set("CLIENT_ID"))
        return missing("CLIENT_SECRET is missing beside CLIENT_ID: the OAuth consumer's secret");
    if (!who)
        return std::optional<config::instance>();
    bool const by_name = who->kind == config::auth_kind::api_token || who->kind == config::auth_kind::app_password;
    if (by_name && who->username.empty())
        return missing("BITBUCKET_USERNAME is missing beside " + who->secret->text.substr(4) +
                       ": the Atlassian account's e-mail address");
    bool const by_client = who->kind == config::auth_kind::oauth_client || who->kind == config::auth_kind::oauth_user;
    if (by_client && who->client_id.empty())
        return missing("CLIENT_ID is missing beside CLIENT_SECRET: the OAuth consumer's key");
    config::instance one;
    one.name = "environment";
    one.api = std::move(api);
    one.platform = platform_of(*who, one.api);
    one.workspace = variable("BITBUCKET_WORKSPACE");
    // It becomes part of a path, as the one of --repo.
    if (!one.workspace.empty() && !parse_repository_name(one.workspace + "/any"))
        return missing("BITBUCKET_WORKSPACE is no workspace's name");
    if (auto const wrong = config::web_address(one.api); !wrong.empty())
        return missing("BITBUCKET_URL " + std::string(wrong));
    if (auto const wrong = config::web_address(who->redirect_uri); by_client && !wrong.empty())
        return missing("REDIRECT_URI " + std::string(wrong));
    if (one.platform == product::datacenter && who->kind == config::auth_kind::oauth_client)
        return missing(
            "REDIRECT_URI is missing beside CLIENT_SECRET: Data Center lets in persons only, by it and "
            "bbstream auth login (Cloud's BITBUCKET_URL ends with /2.0)");
    // A Cloud that is elsewhere has its OAuth there too.
    if (by_client && one.platform == product::cloud && one.api != cloud_api) {
        auto const oauth = one.api.substr(0, one.api.find('/', one.api.find("://") + 3)) + "/site/oauth2";
        who->authorize_url = oauth + "/authorize";
        who->token_url = oauth + "/access_token";
    }
    one.auth = std::move(who);
    return std::optional(std::move(one));
}

config::state state_from_environment()
{
    auto const place = [](char const* name, char const* in_home) {
        if (!is_set(name) && !is_set("HOME"))
            return std::string();
        return (is_set(name) ? variable(name) : variable("HOME") + in_home) + "/bbstream";
    };
    config::state state;
    state.path = place("XDG_STATE_HOME", "/.local/state");
    if (is_set("BBSTREAM_STATE_KEY"))
        state.key = config::secret_reference{"env:BBSTREAM_STATE_KEY"};
    else if (auto const configured = place("XDG_CONFIG_HOME", "/.config"); !configured.empty())
        state.key = config::secret_reference{"file:" + configured + "/state.key"};
    else
        state.path.clear();
    return state;
}

}  // namespace bbstream::rest
