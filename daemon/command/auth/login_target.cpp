#include "daemon/command/auth/login_target.hpp"

namespace bbstream::command {

result<login_target> choose_login(config::instance const& with, std::string const& as)
{
    auto const is_user = [](std::optional<config::auth> const& who) {
        return who && who->kind == config::auth_kind::oauth_user;
    };
    bool const named = is_user(with.admin_auth) && !as.empty() && with.admin_auth->username == as;
    if (is_user(with.auth) && !named)
        return login_target{*with.auth, false};
    if (is_user(with.admin_auth))
        return login_target{*with.admin_auth, true};
    return failure{failure_kind::invalid, "instance " + with.name +
                                              ": a login needs auth.kind = \"oauth_user\", with auth.client_id and "
                                              "auth.secret (without a configuration: CLIENT_ID, CLIENT_SECRET and "
                                              "REDIRECT_URI)"};
}

}  // namespace bbstream::command
