#include "rest/session.hpp"

#include "config/secret.hpp"
#include "rest/explain.hpp"
#include "rest/target.hpp"
#include "rest/user_tokens.hpp"

#include <algorithm>

namespace bbstream::rest {
namespace {

// What may be sent at once after a quiet time: of the daemon's hour a tenth, so that any hour stays within the limit; a
// command, which is over soon, may send all of its share. Data Center's own bucket holds twelve seconds' worth.
constexpr double daemon_burst = 0.1;
constexpr double burst_seconds = 12;
constexpr double burst_least = 10;
// Jira has limits of its own, by cost, and says 429 where they are reached.
constexpr budget jira_limits{5, 60};

// Cloud counts by a rolling hour, Data Center by a bucket of 60 that 5 a second refill.
budget budget_for(config::instance const& with, config::auth const& who, double share)
{
    if (with.platform == product::datacenter)
        return {who.requests_per_second * share, std::max(burst_least, who.requests_per_second * burst_seconds)};
    auto const hourly = who.requests_per_hour * share;
    if (share < 1)
        return {hourly / 3600, std::max(burst_least, hourly)};
    return {hourly * (1 - daemon_burst) / 3600, std::max(burst_least, hourly * daemon_burst)};
}

std::string limits_name(config::instance const& with, double share)
{
    std::string const key = with.platform == product::cloud ? "auth.requests_per_hour" : "auth.requests_per_second";
    return share < 1 ? "a command's share of " + key + ", a tenth," : key;
}

result<std::unique_ptr<authorization>> authorization_of_user(net::executor on, config::instance const& with,
                                                             config::auth const& who, config::state const& state,
                                                             transport& over)
{
    auto login = open_login(with, who, state);
    if (!login) {
        // The first login makes the key where there is no configuration: the want of it is not what people can mend.
        auto const whose = choose_owner(credential::token_directory(state.path), with.name, who.username);
        return whose ? login.error() : whose.error();
    }
    return user_authorization(on, std::move(*login), over);
}

result<std::unique_ptr<authorization>> authorization_for(net::executor on, config::instance const& with,
                                                         config::auth const& who, std::string const& secret,
                                                         config::state const& state, transport& over)
{
    if (who.kind == config::auth_kind::oauth_user)
        return authorization_of_user(on, with, who, state, over);
    if (!who.secret)
        return failure{failure_kind::invalid, "instance " + with.name + ": auth.secret is empty"};
    switch (who.kind) {
        case config::auth_kind::api_token:
        case config::auth_kind::app_password:
            return fixed_authorization(basic_authorization(who.username, secret));
        case config::auth_kind::oauth_client:
            return client_authorization(on, {token_url(with, who), who.client_id, secret}, over);
        default:
            return fixed_authorization("Bearer " + secret);
    }
}

// A header can't hold these: a token that was copied with a line break, say.
bool is_usable(std::string_view secret)
{
    return std::none_of(secret.begin(), secret.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

result<std::string> usable_secret(config::instance const& with, config::secret_reference const& reference)
{
    auto secret = config::resolve(reference);
    if (secret && !is_usable(*secret))
        return failure{failure_kind::invalid,
                       "instance " + with.name + ": " + reference.text + " holds a line break or control characters"};
    return secret;
}

void note_removed_kinds(config::auth const& who, session_options const& options)
{
    if (who.kind == config::auth_kind::app_password && options.notice)
        options.notice("Atlassian removed app passwords on 28 July 2026: use an API token with your e-mail address");
}

result<std::unique_ptr<transport>> transport_for(net::executor on, config::instance const& with)
{
    return transport::make(on, with.api_ca, proxy_settings_from(with.proxy));
}

}  // namespace

result<session> open_session(net::executor on, config::instance const& with, session_options options)
{
    auto const& chosen = options.as == role::admin && with.admin_auth ? with.admin_auth : with.auth;
    if (!chosen)
        return failure{failure_kind::invalid, "instance " + with.name + ": auth.kind and auth.secret are missing"};
    auto const secret = chosen->secret ? usable_secret(with, *chosen->secret) : result<std::string>(std::string());
    if (!secret)
        return secret.error();
    auto server = net::parse_web_address(with.api);
    if (!server)
        return server.error();
    auto over = transport_for(on, with);
    if (!over)
        return over.error();
    auto who = authorization_for(on, with, *chosen, *secret, options.state, **over);
    if (!who)
        return who.error();
    note_removed_kinds(*chosen, options);
    session made;
    made.api_path = path_before(server->path);
    made.service =
        with.platform == product::cloud ? make_cloud(made.api_path, with.workspace) : make_datacenter(made.api_path);
    client_options how;
    how.platform = with.platform;
    how.server = std::move(*server);
    how.limits = budget_for(with, *chosen, options.share);
    how.limits_name = limits_name(with, options.share);
    if (&chosen == &with.auth)
        how.lender = std::move(options.lender);
    how.patience = options.patience;
    how.notice = options.notice;
    how.explain = [to = audience{with.platform, chosen->kind}](request const& what, response const& answer) {
        return explain(what, answer, to);
    };
    made.over = std::move(*over);
    made.client = std::make_unique<client>(on, std::move(how), *made.over, std::move(*who));
    return made;
}

result<session> open_jira(net::executor on, config::instance const& with, session_options options)
{
    auto const& jira = *with.jira;
    auto const secret = usable_secret(with, jira.secret);
    if (!secret)
        return secret.error();
    auto server = net::parse_web_address(jira.site);
    if (!server)
        return server.error();
    auto over = transport_for(on, with);
    if (!over)
        return over.error();
    session made;
    made.api_path = path_before(server->path);
    client_options how;
    how.server = std::move(*server);
    how.limits = jira_limits;
    how.explain = explain_jira;
    how.patience = options.patience;
    how.notice = options.notice;
    made.over = std::move(*over);
    made.client = std::make_unique<client>(on, std::move(how), *made.over,
                                           fixed_authorization(basic_authorization(jira.username, *secret)));
    return made;
}

}  // namespace bbstream::rest
