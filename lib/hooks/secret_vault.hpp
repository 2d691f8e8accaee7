// Webhook secrets that rotations have made, sealed on disk: a file an instance in the state directory.
#pragma once

#include "base/file.hpp"
#include "credential/sealing_key.hpp"
#include "hooks/rotation.hpp"

namespace bbstream::hooks {

class secret_vault {
   public:
    secret_vault(std::string const& state_path, credential::sealing_key const& key)
        : directory_(state_path + "/webhooks"), key_(key)
    {
    }

    // Whether there is something that needs the key.
    static bool has(std::string const& state_path, std::string const& instance);

    // Nothing kept is an empty rotation. Errors, with the file's name: io; invalid for another key; corrupt.
    result<rotation> read(std::string const& instance) const;
    // Errors: io. With the lock held.
    result<void> write(std::string const& instance, rotation const& what) const;

    // Waits for other processes; held until it is closed. Errors: io.
    result<unique_fd> lock(std::string const& instance) const;
    // Does not wait: none where another process holds it. Errors: io.
    result<unique_fd> try_lock(std::string const& instance) const;

   private:
    std::string path(std::string const& instance) const { return directory_ + '/' + instance + ".sealed"; }

    std::string const directory_;
    credential::sealing_key const key_;
};

}  // namespace bbstream::hooks
