// The tokens of a person who has logged in: read from the store, renewed there, one process at a time.
#pragma once

#include "credential/token_store.hpp"
#include "rest/oauth_endpoint.hpp"
#include "rest/pacer.hpp"

#include <chrono>
#include <optional>

namespace bbstream::rest {

struct user_login {
    std::string instance;
    std::string user;  // auth.username; empty: the only one who is logged in
    oauth_consumer client;
    std::string store_directory;
    credential::sealing_key key;
};

// Errors: those of consumer_of() and read_sealing_key(); invalid where state.key is missing.
result<user_login> open_login(config::instance const& with, config::auth const& who, config::state const& state);

// Of one thread; outlives its coroutines.
class user_tokens {
   public:
    user_tokens(net::executor on, user_login with, transport& over);

    // Tokens that can be used, `refused` not among them. They are renewed only where no other process has done it, and
    // are durable before they are given. Errors: permanent where only a new login helps, naming the command; those of
    // the store; unavailable, also once `over` is stopped, so that no stop waits for another process.
    net::task<result<credential::grant>> usable(credential::secret_text refused);

    // The same, but renewed in any case.
    net::task<result<credential::grant>> renewed_now();

    // Keeps what a login has brought; what this user had before is replaced.
    net::task<result<void>> put(credential::owner whose, credential::grant what);

   private:
    struct unsaved {
        credential::owner whose;
        credential::grant what;
        credential::secret_text instead_of;  // the refresh token that the store still has
    };
    struct refusal {
        credential::secret_text refresh_token;
        failure why;
    };

    net::task<result<unique_fd>> lock(credential::owner whose);
    net::task<result<credential::grant>> renew(credential::owner whose, credential::grant kept);
    result<credential::grant> keep(credential::owner const& whose, response answer, credential::grant kept,
                                   credential::secret_text used, credential::reserved_room room);
    result<void> save_what_was_not(credential::owner const& whose);
    net::task<result<response>> refresh(credential::secret_text const& token);
    result<credential::grant> read(credential::owner const& whose) const;
    failure refused_for_good(credential::owner const& whose, credential::grant kept, response const& answer);

    net::executor on_;
    user_login const with_;
    transport& over_;
    credential::token_store const store_;
    // Renewed, but the disk did not take them: not used before they are kept.
    std::optional<unsaved> unsaved_;
    // Asking again with the same would be refused again.
    std::optional<refusal> refusal_;
};

// Whose tokens are used: `user`, else the only one's. Errors: permanent where nobody has logged in; invalid where it is
// not clear who; io.
result<credential::owner> choose_owner(std::string const& store_directory, std::string const& instance,
                                       std::string const& user);

// "bbstream auth login --instance NAME"
std::string login_command(std::string const& instance);

}  // namespace bbstream::rest
