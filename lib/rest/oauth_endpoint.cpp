#include "rest/oauth_endpoint.hpp"

#include "config/secret.hpp"
#include "credential/secret_text.hpp"
#include "rest/authorization.hpp"
#include "rest/echo.hpp"
#include "rest/target.hpp"

namespace bbstream::rest {
namespace {

constexpr char const* cloud_oauth = "https://bitbucket.org/site/oauth2";
constexpr char const* datacenter_oauth_path = "/rest/oauth2/latest";

bool is_secret(std::string_view name)
{
    return name == "client_secret" || name == "refresh_token" || name == "code" || name == "code_verifier";
}

std::string encoded(form const& members)
{
    std::string text;
    for (auto const& [name, value] : members)
        text += (text.empty() ? "" : "&") + percent_encoded(name) + '=' + percent_encoded(value);
    return text;
}

}  // namespace

std::string authorize_url(config::instance const& with, config::auth const& who)
{
    if (!who.authorize_url.empty())
        return who.authorize_url;
    return (with.platform == product::cloud ? cloud_oauth : with.api + datacenter_oauth_path) + "/authorize";
}

std::string token_url(config::instance const& with, config::auth const& who)
{
    if (!who.token_url.empty())
        return who.token_url;
    return with.platform == product::cloud ? std::string(cloud_oauth) + "/access_token"
                                           : with.api + datacenter_oauth_path + "/token";
}

result<oauth_consumer> consumer_of(config::instance const& with, config::auth const& who)
{
    auto address = net::parse_web_address(token_url(with, who));
    if (!address)
        return address.error();
    if (!who.secret)
        return failure{failure_kind::invalid,
                       "instance " + with.name + ": auth.secret is missing: the OAuth consumer's secret"};
    auto secret = config::resolve(*who.secret);
    if (!secret)
        return secret.error();
    return oauth_consumer{std::move(*address), who.client_id, std::move(*secret), who.redirect_uri,
                          with.platform == product::datacenter};
}

net::task<result<response>> ask_for_token(transport& over, oauth_consumer const& as, form what)
{
    request ask;
    header_list headers;
    if (as.by_form) {
        what.emplace_back("client_id", as.id);
        what.emplace_back("client_secret", as.secret);
    } else {
        headers.emplace_back("Authorization", basic_authorization(as.id, as.secret));
    }
    ask.how = method::post;
    ask.outlasts_stop = true;  // the refresh token that it is asked with may be forgotten
    ask.target = as.token_endpoint.path;
    ask.content_type = "application/x-www-form-urlencoded";
    ask.body = encoded(what);
    auto answer = co_await over.send(as.token_endpoint, ask, std::move(headers));
    credential::wipe(ask.body);
    if (answer && !answer->ok()) {
        strike_out_authorization(answer->body, basic_authorization(as.id, as.secret));
        for (auto const& [name, value] : what)
            if (is_secret(name))
                strike_out(answer->body, value);
    }
    co_return answer;
}

}  // namespace bbstream::rest
