#include "base/file.hpp"
#include "daemon/command/auth/auth.hpp"
#include "daemon/command/auth/login_target.hpp"
#include "daemon/command/auth/pasted_address.hpp"
#include "daemon/command/bitbucket/errand.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/json_line.hpp"
#include "daemon/command/terminal.hpp"
#include "daemon/signals.hpp"
#include "login/authorization_request.hpp"
#include "login/browser.hpp"
#include "login/callback_listener.hpp"
#include "login/identity.hpp"
#include "login/page.hpp"
#include "rest/user_tokens.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/signal_set.hpp>

#include <cstdio>
#include <filesystem>

namespace bbstream::command {
namespace {

constexpr std::chrono::minutes browser_patience{5};

struct done {
    credential::owner whose;
    credential::grant what;
    std::string path;
};

class login_run {
   public:
    login_run(auth_login_options const& options, config::instance with, login_target target, rest::user_login login,
              rest::transport& over, boost::asio::io_context& loop)
        : options_(options),
          with_(std::move(with)),
          target_(std::move(target)),
          login_(std::move(login)),
          over_(over),
          loop_(loop),
          tokens_(loop.get_executor(), login_, over),
          asked_(login::make_authorization_request(rest::authorize_url(with_, target_.who), target_.who.client_id,
                                                   target_.who.redirect_uri,
                                                   login::scope_to_ask(with_, target_.who, target_.is_admin)))
    {
    }

    // Makes sure that tokens can be kept, and takes the port, before anything is said.
    result<void> prepare(net::web_address const& redirect_uri)
    {
        // Whose they will be is not known yet; nobody's have an empty name, so that no renewal is disturbed.
        credential::token_store const store(login_.store_directory, login_.key);
        if (auto const room = store.reserve({with_.name, ""}); !room)
            return room.error();
        if (options_.paste || !login::can_listen_at(redirect_uri))
            return {};
        auto listening = login::callback_listener::listen(loop_.get_executor(), redirect_uri, asked_.state,
                                                          [](std::string const& line) { complain(line); });
        if (!listening)
            return listening.error();
        listener_ = std::move(*listening);
        return {};
    }

    net::task<result<done>> run()
    {
        auto const brought = co_await answer_of_browser();
        if (!brought)
            co_return brought.error();
        auto ended = co_await finish(*brought);
        if (listener_) {
            auto shown = page_of(ended);
            co_await listener_->show(std::move(shown));
        }
        stop();
        co_return ended;
    }

    // Ends what waits, as Ctrl-C wishes.
    void stop()
    {
        given_up_ = true;
        if (listener_)
            listener_->stop();
    }

    static std::string name_of(done const& what)
    {
        return what.what.person.empty() ? what.whose.user : what.what.person + " (" + what.whose.user + ")";
    }

   private:
    static std::string page_of(result<done> const& ended)
    {
        if (!ended)
            return login::page(400, "Not logged in", ended.error().message);
        return login::page(200, "Logged in",
                           "bbstream can use Bitbucket as " + name_of(*ended) + " now. This page may be closed.");
    }

    // For people; standard output is the result's where that is for a program.
    void tell(std::string const& text) const
    {
        std::fputs(text.c_str(), options_.json ? stderr : stdout);
        std::fflush(options_.json ? stderr : stdout);
    }

    net::task<result<login::callback>> answer_of_browser()
    {
        tell("Open this address in a browser, and agree there:\n\n  " + asked_.url + "\n\n");
        if (!listener_) {
            tell("The browser then ends at " + target_.who.redirect_uri +
                 ", which it may fail to show.\nPaste the whole address that it ends at here:\n");
            co_return co_await pasted_callback(loop_.get_executor(), target_.who.redirect_uri, asked_.state,
                                               browser_patience, given_up_);
        }
        tell("Waiting for it to come back to " + target_.who.redirect_uri + ", at most " +
             std::to_string(browser_patience.count()) + " min; Ctrl-C gives up.\n");
        login::open_browser(asked_.url);
        co_return co_await listener_->wait(browser_patience);
    }

    net::task<result<done>> finish(login::callback brought)
    {
        if (brought.what != login::callback::granted)
            co_return failure{failure_kind::permanent, "Bitbucket was not allowed to let bbstream in: " + brought.text};
        auto granted = co_await login::exchange_code(over_, login_.client, brought.text, asked_.verifier);
        if (!granted)
            co_return granted.error();
        auto const who = co_await login::who_is(over_, with_, granted->access_token);
        if (!who)
            co_return who.error();
        granted->account = who->account;
        granted->person = who->person;
        credential::owner const whose{with_.name, name_to_keep(*who)};
        if (whose.user.empty())
            co_return failure{failure_kind::permanent, "Bitbucket does not say who has logged in (" + why_unnamed() +
                                                           "): choose a name by --as"};
        if (auto const fits = credential::check_name(whose); !fits)
            co_return failure{failure_kind::invalid, fits.error().message + "; choose another by --as"};
        auto const kept = co_await tokens_.put(whose, *granted);
        if (!kept)
            co_return kept.error();
        auto const path = credential::token_path(login_.store_directory, whose);
        co_return done{whose, std::move(*granted), path};
    }

    std::string why_unnamed() const
    {
        return with_.platform == product::cloud ? "the consumer lacks the scope account"
                                                : "X-AUSERNAME is taken out on the way";
    }

    std::string name_to_keep(login::identity const& who) const
    {
        if (!options_.as.empty())
            return options_.as;
        return target_.who.username.empty() ? who.account : target_.who.username;
    }

    auth_login_options const& options_;
    config::instance const with_;
    login_target const target_;
    rest::user_login const login_;
    rest::transport& over_;
    boost::asio::io_context& loop_;
    rest::user_tokens tokens_;
    login::authorization_request const asked_;
    std::shared_ptr<login::callback_listener> listener_;
    bool given_up_ = false;
};

std::string text_of(config::instance const& with, done const& what, bool json)
{
    if (!json)
        return harmless("logged in at " + with.name + " as " + login_run::name_of(what) + "; kept in " + what.path) +
               '\n';
    return json_line([&](event::json_writer& out) {
        out.text<"instance">(with.name);
        out.text<"user">(what.whose.user);
        out.text<"account">(what.what.account);
        out.text<"person">(what.what.person);
        out.text<"scopes">(what.what.scopes);
        out.time<"expires">(what.what.expires);
        out.text<"stored">(what.path);
    });
}

// One who works without a configuration has no administrator who makes a key.
result<void> make_missing_key(config::state const& state)
{
    constexpr std::string_view file = "file:";
    if (!state.key || !state.key->text.starts_with(file))
        return {};
    std::filesystem::path const path(state.key->text.substr(file.size()));
    if (std::filesystem::exists(path))
        return {};
    if (auto const made = make_directories(path.parent_path().string()); !made)
        return made;
    return credential::make_key_file(path.string());
}

void note_ambiguity(config::instance const& with, login_target const& target, rest::user_login const& login)
{
    if (!target.who.username.empty())
        return;
    if (auto const one = rest::choose_owner(login.store_directory, with.name, ""); !one)
        complain(harmless(one.error().message));
}

int log_in(auth_login_options const& options, config::instance const& with, login_target const& target,
           config::state const& state)
{
    auto const redirect_uri = net::parse_web_address(target.who.redirect_uri);
    if (!redirect_uri)
        return complain_of(redirect_uri.error());
    auto login = rest::open_login(with, target.who, state);
    if (!login)
        return complain_of(login.error());
    boost::asio::io_context loop;
    auto const over = rest::transport::make(loop.get_executor(), with.api_ca, rest::proxy_settings_from(with.proxy));
    if (!over)
        return complain_of(over.error());
    login_run run(options, with, target, *login, **over, loop);
    if (auto const ready = run.prepare(*redirect_uri); !ready)
        return complain_of(ready.error());
    boost::asio::signal_set ending(loop, SIGINT, SIGTERM);
    ending.async_wait([&](boost::system::error_code cancelled, int) {
        if (cancelled)
            return;
        run.stop();
        (*over)->stop();
    });
    std::optional<result<done>> ended;
    boost::asio::co_spawn(loop, run.run(), [&](std::exception_ptr why, result<done> given) {
        ending.cancel();
        run.stop();
        if (why)
            std::rethrow_exception(why);
        ended = std::move(given);
    });
    loop.run();
    if (!*ended)
        return complain_of(ended->error());
    note_ambiguity(with, target, *login);
    return print(text_of(with, **ended, options.json));
}

}  // namespace

int run_auth_login(auth_login_options const& options)
{
    daemon::ignore_broken_pipes();
    auto const [chosen, code] = find_login(options);
    if (!chosen)
        return code;
    if (!chosen->known.file)
        if (auto const made = make_missing_key(chosen->known.state()); !made)
            return complain(made.error().message);
    return log_in(options, chosen->instance, chosen->target, chosen->known.state());
}

}  // namespace bbstream::command
