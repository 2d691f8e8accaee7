#include "rest/environment.hpp"

#include "config/checks.hpp"

#include <cstdlib>

namespace bbstream::rest {
namespace {

constexpr char const* cloud_api = "https://api.bitbucket.org/2.0";

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

std::optional<config::auth> auth_in_environment()
{
    std::optional<config::auth> who;
    if (is_set("BITBUCKET_API_TOKEN"))
        who = secret_in(config::auth_kind::api_token, "BITBUCKET_API_TOKEN");
    else if (is_set("BITBUCKET_APP_PASSWORD"))
        who = secret_in(config::auth_kind::app_password, "BITBUCKET_APP_PASSWORD");
    else if (is_set("BITBUCKET_TOKEN"))
        who = secret_in(is_set("BITBUCKET_URL") ? config::auth_kind::pat : config::auth_kind::access_token,
                        "BITBUCKET_TOKEN");
    else if (is_set("CLIENT_SECRET"))
        who = secret_in(config::auth_kind::oauth_client, "CLIENT_SECRET");
    if (who) {
        who->username = variable("BITBUCKET_USERNAME");
        who->client_id = variable("CLIENT_ID");
    }
    return who;
}

}  // namespace

result<std::optional<config::instance>> instance_from_environment()
{
    auto who = auth_in_environment();
    if (!who)
        return std::optional<config::instance>();
    auto const missing = [](std::string const& what) { return failure{failure_kind::invalid, what}; };
    bool const by_name = who->kind == config::auth_kind::api_token || who->kind == config::auth_kind::app_password;
    if (by_name && who->username.empty())
        return missing("BITBUCKET_USERNAME is missing beside " + who->secret->text.substr(4) +
                       ": the Atlassian account's e-mail address");
    if (who->kind == config::auth_kind::oauth_client && who->client_id.empty())
        return missing("CLIENT_ID is missing beside CLIENT_SECRET: the OAuth consumer's key");
    config::instance one;
    one.name = "environment";
    one.platform = who->kind == config::auth_kind::pat ? product::datacenter : product::cloud;
    one.workspace = variable("BITBUCKET_WORKSPACE");
    one.api = is_set("BITBUCKET_URL") ? variable("BITBUCKET_URL") : cloud_api;
    while (one.api.ends_with('/'))
        one.api.pop_back();
    if (auto const wrong = config::web_address(one.api); !wrong.empty())
        return missing("BITBUCKET_URL " + std::string(wrong));
    one.auth = std::move(who);
    return std::optional(std::move(one));
}

}  // namespace bbstream::rest
