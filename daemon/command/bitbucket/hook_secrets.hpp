// Which secrets an instance's webhooks have, from the configuration and from rotations.
#pragma once

#include "config/config.hpp"
#include "hooks/secret_vault.hpp"

#include <optional>
#include <string>
#include <vector>

namespace bbstream::command {

// Errors: those of state.key; invalid where there is none.
result<hooks::secret_vault> open_vault(config::config const& from);

// webhook.secrets, resolved. Errors: those of the references.
result<std::vector<std::string>> configured_secrets(config::instance const& of);

// What hooks shall have: the newest that the daemon takes; nothing where none is configured.
result<std::optional<std::string>> secret_for_hooks(config::config const& from, config::instance const& of);

}  // namespace bbstream::command
