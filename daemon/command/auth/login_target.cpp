#include "daemon/command/auth/login_target.hpp"

#include "credential/token_store.hpp"
#include "daemon/command/bitbucket/choice.hpp"
#include "daemon/command/bitbucket/errand.hpp"
#include "daemon/command/complain.hpp"

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

login_choice find_login(auth_login_options const& options)
{
    auto known = find_instances(options.config_path);
    if (!known)
        return {std::nullopt, complain(known.error().message)};
    auto [instance, code] = choose_instance(known->all, options.instance);
    if (!instance)
        return {std::nullopt, code};
    if (auto const fits = credential::check_name({instance->name, options.as}); !fits) {
        complain("--as: " + fits.error().message);
        return {std::nullopt, misused};
    }
    auto target = choose_login(*instance, options.as);
    if (!target)
        return {std::nullopt, complain_of(target.error())};
    return {login_choice::found{std::move(*known), std::move(*instance), std::move(*target)}, success};
}

}  // namespace bbstream::command
