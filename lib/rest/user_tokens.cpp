#include "rest/user_tokens.hpp"

#include "rest/renewal.hpp"

namespace bbstream::rest {
namespace {

using std::chrono::steady_clock;

// Another process may be waiting for two answers of the token endpoint.
constexpr std::chrono::seconds lock_patience{180};
constexpr std::chrono::milliseconds lock_look_again{20};

failure log_in(std::string const& instance, std::string const& why)
{
    return {failure_kind::permanent, "instance " + instance + ": " + why + ": " + login_command(instance)};
}

}  // namespace

std::string login_command(std::string const& instance)
{
    return "bbstream auth login --instance " + instance;
}

result<user_login> open_login(config::instance const& with, config::auth const& who, config::state const& state)
{
    if (state.path.empty())
        return failure{failure_kind::invalid,
                       "there is no place for tokens: HOME is not set (or XDG_STATE_HOME, with XDG_CONFIG_HOME or "
                       "BBSTREAM_STATE_KEY)"};
    if (!state.key)
        return failure{failure_kind::invalid,
                       "state.key is missing: auth.kind = \"oauth_user\" needs it to seal the tokens that it keeps"};
    auto key = credential::read_sealing_key(*state.key);
    if (!key)
        return key.error();
    auto client = consumer_of(with, who);
    if (!client)
        return client.error();
    return user_login{with.name, who.username, std::move(*client), credential::token_directory(state.path),
                      std::move(*key)};
}

result<credential::owner> choose_owner(std::string const& store_directory, std::string const& instance,
                                       std::string const& user)
{
    if (!user.empty())
        return credential::owner{instance, user};
    auto const users = credential::kept_users(store_directory, instance);
    if (!users)
        return users.error();
    if (users->empty())
        return log_in(instance, "nobody is logged in");
    if (users->size() == 1)
        return credential::owner{instance, users->front()};
    std::string names;
    for (auto const& each : *users)
        names += (names.empty() ? "" : ", ") + each;
    return failure{failure_kind::invalid,
                   "instance " + instance + ": several users are logged in (" + names + "): set auth.username to one"};
}

user_tokens::user_tokens(net::executor on, user_login with, transport& over)
    : on_(on), with_(std::move(with)), over_(over), store_(with_.store_directory, with_.key)
{
}

net::task<result<unique_fd>> user_tokens::lock(credential::owner whose)
{
    auto const deadline = steady_clock::now() + lock_patience;
    timer pause(on_);
    for (;;) {
        auto held = store_.try_lock(whose);
        if (!held || *held)
            co_return held;
        if (over_.stopped())
            co_return failure{failure_kind::unavailable, store_.path(whose) + ": given up"};
        if (steady_clock::now() >= deadline)
            co_return failure{failure_kind::unavailable,
                              store_.path(whose) + ": another process has been renewing these tokens for too long"};
        pause.expires_after(lock_look_again);
        co_await pause.async_wait(net::as_result);
    }
}

result<credential::grant> user_tokens::read(credential::owner const& whose) const
{
    auto kept = store_.read(whose);
    if (!kept)
        return kept.error();
    if (!*kept)
        return log_in(whose.instance, whose.user + " is not logged in");
    if ((*kept)->client_id != with_.client.id)
        return log_in(whose.instance, "the login of " + whose.user + " was for another auth.client_id; log in again");
    return std::move(**kept);
}

// What could not be kept before replaces what it was made from, unless another process has come first.
result<void> user_tokens::save_what_was_not(credential::owner const& whose)
{
    if (!unsaved_ || unsaved_->whose.user != whose.user)
        return {};
    auto const kept = store_.read(whose);
    if (!kept)
        return kept.error();
    if (*kept && (*kept)->refresh_token == unsaved_->instead_of)
        if (auto const written = store_.write(whose, unsaved_->what); !written)
            return written;
    unsaved_.reset();
    return {};
}

net::task<result<credential::grant>> user_tokens::usable(credential::secret_text refused)
{
    auto const whose = choose_owner(with_.store_directory, with_.instance, with_.user);
    if (!whose)
        co_return whose.error();
    auto const held = co_await lock(*whose);
    if (!held)
        co_return held.error();
    if (auto const saved = save_what_was_not(*whose); !saved)
        co_return saved.error();
    auto kept = read(*whose);
    if (!kept || is_usable(*kept, now_micros(), refused))
        co_return kept;
    co_return co_await renew(*whose, std::move(*kept));
}

net::task<result<credential::grant>> user_tokens::renewed_now()
{
    auto const whose = choose_owner(with_.store_directory, with_.instance, with_.user);
    if (!whose)
        co_return whose.error();
    auto const held = co_await lock(*whose);
    if (!held)
        co_return held.error();
    auto kept = read(*whose);
    if (!kept)
        co_return kept;
    co_return co_await renew(*whose, std::move(*kept));
}

net::task<result<void>> user_tokens::put(credential::owner whose, credential::grant what)
{
    auto const held = co_await lock(whose);
    if (!held)
        co_return held.error();
    co_return store_.write(whose, what);
}

// With the lock held.
net::task<result<credential::grant>> user_tokens::renew(credential::owner whose, credential::grant kept)
{
    if (kept.refresh_token.empty())
        co_return log_in(whose.instance,
                         "the login of " + whose.user + " has expired and can't be renewed; log in again");
    if (refusal_ && refusal_->refresh_token == kept.refresh_token)
        co_return refusal_->why;
    // The endpoint forgets the old ones when it gives new ones: only those that can be kept are asked for.
    auto room = store_.reserve(whose);
    if (!room)
        co_return room.error();
    auto answer = co_await refresh(kept.refresh_token);
    if (!answer)
        co_return answer.error();
    if (!is_grant_refused(*answer))
        co_return keep(whose, std::move(*answer), kept, kept.refresh_token, std::move(*room));
    if (!kept.former_refresh_token.empty() && kept.former_refresh_token != kept.refresh_token) {
        auto second = co_await refresh(kept.former_refresh_token);
        if (!second)
            co_return second.error();
        if (!is_grant_refused(*second))
            co_return keep(whose, std::move(*second), kept, kept.former_refresh_token, std::move(*room));
    }
    co_return refused_for_good(whose, std::move(kept), *answer);
}

net::task<result<response>> user_tokens::refresh(credential::secret_text const& token)
{
    form what{{"grant_type", "refresh_token"}, {"refresh_token", token}};
    if (with_.client.by_form)
        what.emplace_back("redirect_uri", with_.client.redirect_uri);
    co_return co_await ask_for_token(over_, with_.client, std::move(what));
}

result<credential::grant> user_tokens::keep(credential::owner const& whose, response answer, credential::grant kept,
                                            credential::secret_text used, credential::reserved_room room)
{
    auto read = read_token_answer(answer);
    credential::wipe(answer.body);
    if (!read)
        return read.error();
    auto instead_of = kept.refresh_token;
    auto made = renewed(std::move(kept), std::move(*read), std::move(used), now_micros());
    if (auto const written = store_.write(whose, made, std::move(room)); !written) {
        unsaved_ = unsaved{whose, std::move(made), std::move(instead_of)};
        return written.error();
    }
    return made;
}

failure user_tokens::refused_for_good(credential::owner const& whose, credential::grant kept, response const& answer)
{
    auto const said = read_token_answer(answer);
    auto why = log_in(whose.instance, "the login of " + whose.user + " is revoked or was not used for too long (" +
                                          (said ? "" : said.error().message) + "); log in again");
    refusal_ = refusal{kept.refresh_token, why};
    // Its one try was this.
    if (!kept.former_refresh_token.empty()) {
        kept.former_refresh_token.clear();
        (void)store_.write(whose, kept);
    }
    return why;
}

}  // namespace bbstream::rest
