// [[instance]]: one Bitbucket that webhooks come from, and how to speak to it.
#include "config/sections.hpp"

namespace bbstream::config {

namespace {

constexpr std::string_view cloud_api = "https://api.bitbucket.org/2.0";
constexpr milliseconds rotate_window_max = std::chrono::hours(24 * 365);

std::string_view write_scope(std::string_view text)
{
    return text == "review" || text == "pipelines" || text == "insights" ? "" : "must be review | pipelines | insights";
}

// Empty is as good as absent, for keys whose default is empty.
template <text_check check>
std::string_view empty_or(std::string_view text)
{
    return text.empty() ? std::string_view() : check(text);
}

void read_webhook(table_reader in, table_reader const& whole, instance& to)
{
    if (!in.text("path", to.webhook_path, webhook_path) && !in.has("path"))
        whole.wrong("webhook.path", "missing: where Bitbucket delivers to, such as \"/webhooks/cloud\"");
    in.secrets("secrets", to.webhook_secrets);
    in.flag("allow_unsigned", to.webhook_allow_unsigned);
    if (!in.has("secrets") && !to.webhook_allow_unsigned)
        whole.wrong("webhook.secrets", "missing: [\"credential:NAME\"] (or webhook.allow_unsigned = true)");
    else if (in.is_empty_list("secrets") && !to.webhook_allow_unsigned)
        in.wrong("secrets", "is empty: name at least one, or set webhook.allow_unsigned = true");
    in.named_text("url", to.webhook_url, empty_or<web_address>);
    in.choice<hook_scope>("scope", to.webhook_scope,
                          {{"repository", hook_scope::repository},
                           {"project", hook_scope::project},
                           {"workspace", hook_scope::workspace}});
    if (to.webhook_scope == hook_scope::project && to.platform == product::cloud)
        in.wrong("scope", "\"project\" is Data Center's; Cloud has repository | workspace");
    if (to.webhook_scope == hook_scope::workspace && to.platform == product::datacenter)
        in.wrong("scope", "\"workspace\" is Cloud's; Data Center has repository | project");
    in.texts("events", to.webhook_events, event_key);
    in.duration("rotate_window", to.webhook_rotate_window, std::chrono::seconds(1), rotate_window_max);
    in.finish();
}

// `kind` decides whether there is any.
void read_auth(table_reader in, std::optional<auth>& to)
{
    auth read;
    std::string kind;
    bool const given = in.text("kind", kind) && !kind.empty();
    bool const known = given && in.choice<auth_kind>("kind", read.kind,
                                                     {{"api_token", auth_kind::api_token},
                                                      {"app_password", auth_kind::app_password},
                                                      {"access_token", auth_kind::access_token},
                                                      {"oauth_client", auth_kind::oauth_client},
                                                      {"oauth_user", auth_kind::oauth_user},
                                                      {"pat", auth_kind::pat}});
    in.named_text("username", read.username);
    in.secret("secret", read.secret);
    in.named_text("client_id", read.client_id);
    in.named_text("redirect_uri", read.redirect_uri, web_address);
    in.named_text("authorize_url", read.authorize_url, empty_or<web_address>);
    in.named_text("token_url", read.token_url, empty_or<web_address>);
    in.texts("uses", read.uses, write_scope);
    in.number("requests_per_hour", read.requests_per_hour, 1, 10'000'000);
    in.number("requests_per_second", read.requests_per_second, 1, 10'000);
    in.finish();
    if (!given && read.secret)
        in.wrong("kind", "missing beside secret: api_token | access_token | oauth_client | oauth_user | pat");
    if (!known)
        return;
    bool const by_name = read.kind == auth_kind::api_token || read.kind == auth_kind::app_password;
    bool const by_client = read.kind == auth_kind::oauth_client || read.kind == auth_kind::oauth_user;
    if (!read.secret && !in.has("secret"))
        in.wrong("secret", "missing: \"credential:NAME\", \"file:PATH\" or \"env:NAME\"");
    if (by_name && read.username.empty())
        in.wrong("username", "missing: the Atlassian account's e-mail address or name");
    if (by_client && read.client_id.empty())
        in.wrong("client_id", "missing: the OAuth consumer's key");
    to = std::move(read);
}

void read_jira(table_reader in, std::optional<jira>& to)
{
    jira read;
    std::optional<secret_reference> secret;
    in.named_text("site", read.site, empty_or<web_address>);
    in.named_text("username", read.username);
    in.secret("secret", secret);
    in.named_text("project", read.project);
    in.finish();
    if (read.site.empty())
        return;
    if (read.username.empty())
        in.wrong("username", "missing beside site: the Atlassian account's e-mail address");
    if (!secret && !in.has("secret"))
        in.wrong("secret", "missing beside site: \"credential:NAME\", \"file:PATH\" or \"env:NAME\"");
    if (read.project.empty())
        in.wrong("project", "missing beside site: the project's key");
    read.secret = secret.value_or(secret_reference());
    to = std::move(read);
}

void read_identity(table_reader& in, instance& to)
{
    if (!in.text("name", to.name, instance_name) && !in.has("name"))
        in.wrong("name", "missing: 1 to 32 of a-z, 0-9 and dashes; part of every event id");
    if (!in.choice<product>("platform", to.platform,
                            {{"cloud", product::cloud}, {"datacenter", product::datacenter}}) &&
        !in.has("platform"))
        in.wrong("platform", "missing: cloud | datacenter");
    in.text("label", to.label);
}

}  // namespace

void read_instance(table_reader in, instance& to)
{
    read_identity(in, to);
    in.named_text("api", to.api, empty_or<web_address>);
    while (to.api.ends_with('/'))
        to.api.pop_back();
    if (to.api.empty() && to.platform == product::cloud)
        to.api = cloud_api;
    in.named_text("workspace", to.workspace);
    in.texts("projects", to.projects);
    in.texts("include", to.include);
    in.texts("exclude", to.exclude);
    in.named_text("api_ca", to.api_ca);
    in.named_text("proxy", to.proxy, empty_or<proxy_address>);
    read_webhook(in.table("webhook"), in, to);
    read_auth(in.table("auth"), to.auth);
    read_auth(in.table("admin_auth"), to.admin_auth);
    read_jira(in.table("jira"), to.jira);
    if (to.api.empty() && to.auth && !in.has("api"))
        in.wrong("api", "missing: Data Center's address, such as \"https://bitbucket.example.com\", as auth is given");
    in.finish();
}

}  // namespace bbstream::config
