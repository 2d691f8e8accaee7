#include "daemon/command/bitbucket/known_instances.hpp"

#include "config/load.hpp"
#include "credential/token_store.hpp"
#include "daemon/command/lines.hpp"
#include "rest/environment.hpp"

#include <unistd.h>

namespace bbstream::command {

config::state known_instances::state() const
{
    return file ? file->state : rest::state_from_environment();
}

result<known_instances> find_instances(std::string const& config_path)
{
    bool const is_absent = ::access(config_path.c_str(), F_OK) != 0;
    if (is_absent && config_path == default_config_path) {
        auto from_environment = rest::instance_from_environment();
        if (!from_environment)
            return from_environment.error();
        if (*from_environment)
            return known_instances{{std::move(**from_environment)}, std::nullopt};
        return failure{failure_kind::invalid,
                       "there is neither " + config_path +
                           " nor a credential in the environment (BITBUCKET_USERNAME with "
                           "BITBUCKET_API_TOKEN, BITBUCKET_TOKEN, with BITBUCKET_URL for Data Center's, or CLIENT_ID "
                           "with CLIENT_SECRET)"};
    }
    auto config = config::load(config_path);
    if (!config)
        return config.error();
    auto all = config->instances;
    return known_instances{std::move(all), std::move(*config)};
}

void use_client_until_login(known_instances& known)
{
    for (auto& each : known.all) {
        // Data Center has no client credentials: there it is always a person.
        if (known.file || each.platform == product::datacenter || each.auth->kind != config::auth_kind::oauth_user)
            continue;
        auto const users = credential::kept_users(credential::token_directory(known.state().path), each.name);
        if (users && users->empty())
            each.auth->kind = config::auth_kind::oauth_client;
    }
}

}  // namespace bbstream::command
