#include "login/identity.hpp"

#include "rest/cloud/targets.hpp"
#include "rest/datacenter/standing.hpp"
#include "rest/datacenter/targets.hpp"
#include "rest/json.hpp"
#include "rest/renewal.hpp"

namespace bbstream::login {
namespace {

// `path`: below that of the API.
net::task<result<rest::response>> get(rest::transport& over, config::instance const& with, std::string path,
                                      credential::secret_text const& token)
{
    auto const to = net::parse_web_address(with.api);
    if (!to)
        co_return to.error();
    rest::request what;
    what.target = rest::path_before(to->path) + path;
    rest::header_list headers;
    headers.emplace_back("Authorization", "Bearer " + std::string(token));
    co_return co_await over.send(*to, what, std::move(headers));
}

failure not_said(rest::response const& answer)
{
    return {answer.status == 429 || answer.status >= 500 ? failure_kind::unavailable : failure_kind::permanent,
            "Bitbucket does not say who has logged in (" + std::to_string(answer.status) + ")"};
}

// What either product's user object says.
identity read_user(std::string_view body)
{
    rest::json_document document;
    auto const user = document.parse(body);
    identity who;
    for (auto const* name : {"username", "nickname", "account_id", "uuid"})
        if (who.account.empty())
            who.account = user[name].text().value_or("");
    who.person = user["display_name"].text().value_or(user["displayName"].text().value_or(""));
    return who;
}

net::task<result<identity>> who_is_in_cloud(rest::transport& over, config::instance const& with,
                                            credential::secret_text const& token)
{
    auto const answer = co_await get(over, with, rest::cloud::user_target({}).text(), token);
    if (!answer)
        co_return answer.error();
    // Without the scope "account".
    if (answer->status == 403)
        co_return identity();
    if (!answer->ok())
        co_return not_said(*answer);
    co_return read_user(answer->body);
}

// Where X-AUSERNAME is missing.
net::task<result<identity>> unnamed_in_datacenter(rest::transport& over, config::instance const& with,
                                                  credential::secret_text const& token)
{
    auto const answer = co_await get(over, with, rest::datacenter::standing_request({}).target, token);
    if (!answer)
        co_return answer.error();
    if (rest::datacenter::read_standing(*answer) == rest::datacenter::standing::nobody)
        co_return failure{failure_kind::permanent, rest::datacenter::not_authenticated};
    co_return identity();
}

net::task<result<identity>> who_is_in_datacenter(rest::transport& over, config::instance const& with,
                                                 credential::secret_text const& token)
{
    auto const answer = co_await get(over, with, rest::datacenter::least_target({}).text(), token);
    if (!answer)
        co_return answer.error();
    identity who;
    who.account = answer->header("x-ausername");
    if (who.account.empty() && answer->ok())
        co_return co_await unnamed_in_datacenter(over, with, token);
    if (who.account.empty())
        co_return not_said(*answer);
    auto const path = rest::datacenter::users_target({}).segment(who.account).text();
    auto const more = co_await get(over, with, path, token);
    if (more && more->ok())
        who.person = read_user(more->body).person;
    co_return who;
}

}  // namespace

net::task<result<credential::grant>> exchange_code(rest::transport& over, rest::oauth_consumer const& as,
                                                   std::string code, credential::secret_text verifier)
{
    rest::form what{{"grant_type", "authorization_code"},
                    {"code", code},
                    {"redirect_uri", as.redirect_uri},
                    {"code_verifier", verifier}};
    auto answer = co_await rest::ask_for_token(over, as, std::move(what));
    if (!answer)
        co_return answer.error();
    auto read = rest::read_token_answer(*answer);
    credential::wipe(answer->body);
    if (!read)
        co_return read.error();
    credential::grant made;
    made.client_id = as.id;
    made = rest::renewed(std::move(made), std::move(*read), {}, now_micros());
    co_return made;
}

net::task<result<identity>> who_is(rest::transport& over, config::instance const& with,
                                   credential::secret_text access_token)
{
    if (with.platform == product::cloud)
        co_return co_await who_is_in_cloud(over, with, access_token);
    co_return co_await who_is_in_datacenter(over, with, access_token);
}

}  // namespace bbstream::login
