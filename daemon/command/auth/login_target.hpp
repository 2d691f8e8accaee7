// Which of an instance's credentials a login is for.
#pragma once

#include "base/failure.hpp"
#include "config/config.hpp"

namespace bbstream::command {

struct login_target {
    config::auth who;
    bool is_admin = false;  // admin_auth
};

// auth, or admin_auth where auth is of another kind or `as` is its user. Errors: invalid where neither is oauth_user.
result<login_target> choose_login(config::instance const& with, std::string const& as);

}  // namespace bbstream::command
