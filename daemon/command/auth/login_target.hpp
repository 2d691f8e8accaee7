// Which instance, and which of its credentials, a login is for.
#pragma once

#include "base/failure.hpp"
#include "config/config.hpp"
#include "daemon/command/auth/auth.hpp"
#include "daemon/command/bitbucket/known_instances.hpp"

namespace bbstream::command {

struct login_target {
    config::auth who;
    bool is_admin = false;  // admin_auth
};

// auth, or admin_auth where auth is of another kind or `as` is its user. Errors: invalid where neither is oauth_user.
result<login_target> choose_login(config::instance const& with, std::string const& as);

struct login_choice {
    struct found {
        known_instances known;
        config::instance instance;
        login_target target;
    };
    std::optional<found> login;
    int code = 0;  // why there is none: it has been said
};
// The same for what the options name.
login_choice find_login(auth_login_options const& options);

}  // namespace bbstream::command
