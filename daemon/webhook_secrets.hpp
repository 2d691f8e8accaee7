// The secrets that webhooks may be signed with: those of the configuration and those that rotations have made, in rings
// that reactors follow.
#pragma once

#include "config/config.hpp"
#include "flow/secret_ring.hpp"
#include "hooks/secret_vault.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace bbstream::daemon {

// Of one thread; the rings are of any.
class webhook_secrets {
   public:
    // Errors: those of references and of the vault; invalid where sealed secrets are there and state.key is not.
    static result<std::unique_ptr<webhook_secrets>> load(config::config const& from);

    std::shared_ptr<flow::secret_ring> ring_of(std::string const& instance) const { return rings_.at(instance); }

    // Reads what rotations have made anew. On an error the rings stay as they are.
    result<void> reload();

    // Remembers when something came by each secret, and lets those retire whose time is over. Errors: the vault's.
    result<void> look_after(micros now);

    // How often to call look_after(): often enough for the shortest webhook.rotate_window.
    std::chrono::milliseconds interval() const;

   private:
    explicit webhook_secrets(config::config const& from) : config_(from) {}

    result<void> read_configured();
    result<void> fill(config::instance const& one);
    result<void> look_after(config::instance const& one, micros now);

    config::config const& config_;
    std::optional<hooks::secret_vault> vault_;  // none: no state.key
    std::map<std::string, std::vector<std::string>> configured_;
    std::map<std::string, std::shared_ptr<flow::secret_ring>> rings_;
};

}  // namespace bbstream::daemon
