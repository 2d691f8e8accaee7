#include "daemon/command/bitbucket/hook_secrets.hpp"

#include "config/secret.hpp"

namespace bbstream::command {

result<hooks::secret_vault> open_vault(config::config const& from)
{
    if (!from.state.key)
        return failure{failure_kind::invalid, "state.key is missing: it seals the secrets that hooks rotate makes"};
    auto const key = credential::read_sealing_key(*from.state.key);
    if (!key)
        return key.error();
    return hooks::secret_vault(from.state.path, *key);
}

result<std::vector<std::string>> configured_secrets(config::instance const& of)
{
    std::vector<std::string> all;
    for (auto const& each : of.webhook_secrets) {
        auto secret = config::resolve(each);
        if (!secret)
            return failure{secret.error().kind, "instance " + of.name + ": webhook.secrets: " + secret.error().message};
        all.push_back(std::move(*secret));
    }
    return all;
}

result<std::optional<std::string>> secret_for_hooks(config::config const& from, config::instance const& of)
{
    auto const configured = configured_secrets(of);
    if (!configured)
        return configured.error();
    if (!hooks::secret_vault::has(from.state.path, of.name))
        return hooks::secret_for_hooks({}, *configured);
    auto const vault = open_vault(from);
    if (!vault)
        return vault.error();
    auto const kept = vault->read(of.name);
    if (!kept)
        return kept.error();
    return hooks::secret_for_hooks(*kept, *configured);
}

}  // namespace bbstream::command
