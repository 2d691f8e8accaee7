// bbstream auth login | status | refresh | key
#include "daemon/command/auth/auth.hpp"
#include "daemon/command/bitbucket/noun_lines.hpp"

namespace bbstream::command {
namespace {

void add_login_options(CLI::App& to, auth_login_options& options, char const* as)
{
    add_bitbucket_options(to, options, needs::no_repository);
    to.add_option("--as", options.as, as)->option_text("NAME");
}

}  // namespace

void add_auth(CLI::App& program, action& chosen)
{
    auto& noun = add_noun(program, "auth", "people who have logged in at Bitbucket (OAuth)");

    auto& login = add_verb(noun, "login", "log in by the browser, and keep the tokens, sealed");
    auto logging_in = std::make_shared<auth_login_options>();
    add_login_options(login, *logging_in, "the name to keep them under; else auth.username, else the account's");
    login.add_flag("--paste", logging_in->paste,
                   "the browser is on another machine: paste the address that it ends at");
    login.footer(
        "The OAuth consumer's callback at Bitbucket must be auth.redirect_uri. Without a configuration file\n"
        "CLIENT_ID, CLIENT_SECRET and REDIRECT_URI of the environment say which consumer it is.");
    login.callback([&chosen, logging_in] { chosen = [logging_in] { return run_auth_login(*logging_in); }; });

    auto& status = add_verb(noun, "status", "who is known at each instance, how, until when; asks nobody");
    auto asking = std::make_shared<bitbucket_options>();
    add_bitbucket_options(status, *asking, needs::no_repository);
    status.callback([&chosen, asking] { chosen = [asking] { return run_auth_status(*asking); }; });

    auto& refresh = add_verb(noun, "refresh", "renew the tokens now");
    auto renewing = std::make_shared<auth_login_options>();
    add_login_options(refresh, *renewing, "whose, where several are logged in; else auth.username");
    refresh.callback([&chosen, renewing] { chosen = [renewing] { return run_auth_refresh(*renewing); }; });

    auto& key = add_verb(noun, "key", "make a key for [state] key");
    auto path = std::make_shared<std::string>();
    key.add_option("FILE", *path, "a new file for it, readable by its owner alone; else standard output")
        ->option_text(" ");
    key.callback([&chosen, path] { chosen = [path] { return run_auth_key(*path); }; });
}

}  // namespace bbstream::command
