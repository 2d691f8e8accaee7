#include "rest/explain.hpp"

#include "base/time.hpp"
#include "rest/cloud/issues.hpp"
#include "rest/finding.hpp"
#include "rest/json.hpp"
#include "rest/retry.hpp"
#include "rest/wait_text.hpp"

namespace bbstream::rest {
namespace {

constexpr std::size_t said_bytes_max = 400;
// Far more than any refusal is; a page of a listing is larger, and not looked through.
constexpr std::size_t refusal_bytes_max = 64UL * 1024;

std::string joined(json const& list)
{
    std::string all;
    for (auto const& each : list.elements())
        all += (all.empty() ? "" : ", ") + std::string(each.text().value_or(""));
    return all;
}

// Cloud: {"error":{"message","detail","fields"}}; Data Center: {"errors":[{"message"}]}; Jira: {"errorMessages":[],
// "errors":{}}.
std::string message_in(json const& body)
{
    if (auto const cloud = body["error"]["message"].text())
        return std::string(*cloud);
    for (auto const& each : body["errors"].elements())
        if (auto const datacenter = each["message"].text())
            return std::string(*datacenter);
    return joined(body["errorMessages"]);
}

// error.detail may be a text, an object, or absent.
std::string detail_in(json const& body)
{
    auto const detail = body["error"]["detail"];
    if (auto const text = detail.text())
        return std::string(*text);
    if (auto const required = joined(detail["required"]); !required.empty())
        return "it needs the scope " + required;
    return {};
}

// What is wrong with which member of the request: a text, or a list of them, each.
std::string wrong_members_in(json const& body)
{
    std::string all;
    for (auto const& wrong : {body["error"]["fields"], body["errors"]})
        for (auto const& [name, what] : wrong.members()) {
            auto const said = what.text() ? std::string(*what.text()) : joined(what);
            all += (all.empty() ? "" : "; ") + std::string(name) + (said.empty() ? "" : ": ") + said;
        }
    return all;
}

std::string_view path_of(request const& what)
{
    return std::string_view(what.target).substr(0, what.target.find('?'));
}

std::string refused_credential(audience const& to)
{
    switch (to.kind) {
        case config::auth_kind::app_password:
            return "app passwords were removed on 28 July 2026: use an API token with your Atlassian e-mail address";
        case config::auth_kind::api_token:
            return "the user name is not the Atlassian account's e-mail address, or the token has expired, or it was "
                   "made "
                   "without scopes for Bitbucket";
        case config::auth_kind::access_token:
            return "the access token is wrong, revoked or expired (an API token needs kind api_token and an e-mail "
                   "address)";
        case config::auth_kind::pat:
            return "the HTTP access token is wrong, revoked or expired";
        default:
            return "the OAuth token is not accepted";
    }
}

failure line(failure_kind kind, std::string what, std::string const& said)
{
    if (!said.empty())
        what += " (" + said + ")";
    return {kind, what};
}

failure too_many_requests(response const& answer)
{
    auto const wait = retry_after_of(answer, now_micros());
    return {failure_kind::unavailable,
            "429: too many requests; try again " + (wait && wait->count() > 0 ? "in " + wait_text(*wait) : "later")};
}

}  // namespace

std::string said_by_server(response const& answer)
{
    json_document document;
    auto const body = document.parse(answer.body);
    auto said = message_in(body);
    for (auto const& more : {detail_in(body), wrong_members_in(body)})
        if (!more.empty())
            said += (said.empty() ? "" : " ") + more;
    if (said.size() > said_bytes_max)
        said = cut(said, said_bytes_max) + "...";
    return said;
}

bool may_be_refusal(response const& answer)
{
    return answer.body.size() <= refusal_bytes_max && answer.body.find("\"error") != std::string::npos;
}

failure explain(request const& what, response const& answer, audience const& to)
{
    auto const said = said_by_server(answer);
    auto const path = std::string(path_of(what));
    // Data Center's 401 to someone whom it knows is a 403.
    bool const known = to.platform == product::datacenter && !answer.header("x-ausername").empty();
    auto const status = answer.status == 401 && known ? 403 : answer.status;
    if ((status == 404 || status == 410) && to.platform == product::cloud && cloud::is_to_tracker(what.target))
        return {failure_kind::permanent,
                std::to_string(status) +
                    ": Atlassian removed Bitbucket's issue tracker on 20 August 2026; jira.* in "
                    "the configuration takes its place"};
    if (answer.ok())
        return line(failure_kind::permanent, path + ": an error came as " + std::to_string(status), said);
    switch (status) {
        case 400:
            return line(failure_kind::invalid, path + ": 400: the request is refused", said);
        case 401:
            return line(failure_kind::permanent, "401: the credential is refused: " + refused_credential(to), said);
        case 403:
            return line(failure_kind::permanent,
                        path + ": " + std::to_string(answer.status) +
                            ": the credential is valid, and lacks a scope or permission for this",
                        said);
        case 404:
            return line(failure_kind::permanent, path + ": 404: there is none, or the credential can't see it", said);
        case 409:
            return line(failure_kind::permanent, path + ": 409: something has changed meanwhile, or forbids it", said);
        case 410:
            return line(failure_kind::permanent, path + ": 410: Atlassian has removed this", said);
        case 429:
            return too_many_requests(answer);
        case 555:
            return line(failure_kind::unavailable, path + ": 555: Bitbucket took too long and gave up", said);
        default:
            return line(status >= 500 ? failure_kind::unavailable : failure_kind::permanent,
                        path + ": " + std::to_string(status), said);
    }
}

failure explain_jira(request const& what, response const& answer)
{
    if (answer.status == 401)
        return {failure_kind::permanent,
                "401: Jira refuses the credential: jira.username must be the Atlassian account's "
                "e-mail address, and jira.secret a token of it that has not expired"};
    return explain(what, answer, {});
}

}  // namespace bbstream::rest
