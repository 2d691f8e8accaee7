#include "config/exposure.hpp"
#include "credential/token_store.hpp"
#include "daemon/command/auth/auth.hpp"
#include "daemon/command/bitbucket/choice.hpp"
#include "daemon/command/bitbucket/known_instances.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/json_line.hpp"
#include "daemon/command/table.hpp"
#include "daemon/command/terminal.hpp"

namespace bbstream::command {
namespace {

// One credential of one instance, without what is secret.
struct standing {
    std::string instance;
    std::string role;  // auth | admin_auth
    std::string kind;
    std::string user;  // empty: nobody, or it is a token's own business
    std::string person;
    std::string scopes;
    std::optional<micros> expires;
    std::string where;
    std::string problem;
};

std::string_view name_of(config::auth_kind kind)
{
    switch (kind) {
        case config::auth_kind::api_token:
            return "api_token";
        case config::auth_kind::app_password:
            return "app_password";
        case config::auth_kind::access_token:
            return "access_token";
        case config::auth_kind::oauth_client:
            return "oauth_client";
        case config::auth_kind::oauth_user:
            return "oauth_user";
        case config::auth_kind::pat:
            return "pat";
    }
    return {};
}

standing standing_of(config::instance const& with, std::string_view role, std::string_view kind)
{
    standing one;
    one.instance = with.name;
    one.role = role;
    one.kind = kind;
    return one;
}

class survey {
   public:
    explicit survey(known_instances const& of)
        : state_(of.state()), directory_(credential::token_directory(state_.path))
    {
        for (auto const& each : of.all) {
            if (each.auth)
                add(each, *each.auth, "auth");
            else
                found_.push_back(standing_of(each, "auth", "none"));
            if (each.admin_auth)
                add(each, *each.admin_auth, "admin_auth");
        }
    }

    std::vector<standing> const& found() const { return found_; }

   private:
    void add(config::instance const& with, config::auth const& who, std::string const& role)
    {
        auto one = standing_of(with, role, name_of(who.kind));
        one.user = who.username;
        if (who.kind != config::auth_kind::oauth_user) {
            if (who.kind == config::auth_kind::oauth_client)
                one.user = who.client_id;
            one.where = who.secret ? who.secret->text : "";
            found_.push_back(std::move(one));
            return;
        }
        auto users = who.username.empty() ? credential::kept_users(directory_, with.name)
                                          : result<std::vector<std::string>>(std::vector{who.username});
        if (!users)
            one.problem = users.error().message;
        else if (users->empty())
            one.problem = "nobody is logged in";
        if (!one.problem.empty())
            found_.push_back(one);
        else
            for (auto const& each : *users)
                found_.push_back(kept(one, each));
    }

    standing kept(standing one, std::string const& user) const
    {
        credential::owner const whose{one.instance, user};
        one.user = user;
        one.where = credential::token_path(directory_, whose);
        auto const key = state_.key ? credential::read_sealing_key(*state_.key)
                                    : failure{failure_kind::invalid, "state.key is missing"};
        if (!key) {
            one.problem = key.error().message;
            return one;
        }
        auto const read = credential::token_store(directory_, *key).read(whose);
        if (!read)
            one.problem = read.error().message;
        else if (!*read)
            one.problem = "not logged in";
        if (!one.problem.empty())
            return one;
        one.person = (*read)->person;
        one.scopes = (*read)->scopes;
        one.expires = (*read)->expires;
        return one;
    }

    config::state const state_;
    std::string const directory_;
    std::vector<standing> found_;
};

std::string json_of(standing const& one)
{
    return json_line([&](event::json_writer& out) {
        out.text<"instance">(one.instance);
        out.text<"role">(one.role);
        out.text<"kind">(one.kind);
        event::write_or_null<"user">(out, one.user);
        event::write_or_null<"person">(out, one.person);
        event::write_or_null<"scopes">(out, one.scopes);
        out.time<"expires">(one.expires);
        event::write_or_null<"stored">(out, one.where);
        event::write_or_null<"problem">(out, one.problem);
    });
}

std::string expiry_text(std::optional<micros> when)
{
    if (!when)
        return "-";
    std::string text;
    append_rfc3339(text, *when);
    constexpr std::size_t to_the_minute = 16;
    return text.substr(0, to_the_minute) + (*when <= now_micros() ? "Z (renewed at next use)" : "Z");
}

std::string text_of(std::vector<standing> const& all)
{
    auto const or_dash = [](std::string const& text) { return text.empty() ? std::string("-") : harmless(text); };
    table rows({{"INSTANCE"}, {"ROLE"}, {"KIND"}, {"USER"}, {"PERSON"}, {"SCOPES"}, {"EXPIRES"}, {"STORED"}});
    for (auto const& each : all)
        rows.add({each.instance, each.role, each.kind, or_dash(each.user), or_dash(each.person), or_dash(each.scopes),
                  expiry_text(each.expires), or_dash(each.where)});
    return rows.text();
}

// They are used all the same, so the exit code does not say it.
void warn_of_open_secrets(known_instances const& of)
{
    auto files = config::secret_files(of.state());
    for (auto const& each : of.all)
        for (auto& one : config::secret_files(each))
            files.push_back(std::move(one));
    for (auto const& each : config::exposures_of(files))
        complain(harmless("warning: " + config::exposure_text(each)));
}

}  // namespace

int run_auth_status(bitbucket_options const& options)
{
    auto all = find_instances(options.config_path);
    if (!all)
        return complain(all.error().message);
    if (!options.instance.empty()) {
        auto const [instance, code] = choose_instance(all->all, options.instance);
        if (!instance)
            return code;
        all->all = {*instance};
    }
    warn_of_open_secrets(*all);
    survey const made(*all);
    std::string json;
    int code = success;
    for (auto const& each : made.found()) {
        json += json_of(each);
        if (!each.problem.empty())
            code = complain(harmless("instance " + each.instance + ": " + each.problem));
    }
    auto const printed = print(options.json ? json : text_of(made.found()));
    return printed == success ? code : printed;
}

}  // namespace bbstream::command
