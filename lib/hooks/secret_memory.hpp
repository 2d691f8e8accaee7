// Remembers which secret each hook was given, and when: Bitbucket does not show it again. A small file in the state
// directory; it holds keyed hashes, never a secret.
#pragma once

#include "base/failure.hpp"
#include "base/time.hpp"
#include "hooks/hook.hpp"

#include <map>
#include <optional>

namespace bbstream::hooks {

// Of the file; more is none of ours.
inline constexpr std::size_t memory_bytes_max = 64 * 1024 * 1024;

class secret_memory {
   public:
    // A file that is absent is an empty memory. Errors: io; corrupt, naming the file: it is not overwritten.
    static result<secret_memory> load(std::string directory);

    struct entry {
        std::string fingerprint;
        micros set = 0;
    };

    std::string fingerprint(std::string const& secret) const;

    // Nothing where no secret of this hook is remembered.
    entry const* find(std::string const& instance, place const& where, std::string const& id) const;
    void remember(std::string const& instance, place const& where, std::string const& id, entry what);
    void forget(std::string const& instance, place const& where, std::string const& id);

    // Writes what was remembered and forgotten since the last time into the file as it is by now: other instances may
    // have theirs saved meanwhile. Durable. Errors: io; corrupt, as load().
    result<void> save();

   private:
    explicit secret_memory(std::string directory) : directory_(std::move(directory)) {}

    std::string path() const { return directory_ + "/hooks.json"; }
    result<void> read();
    result<void> parse(std::string const& text);
    std::string encoded() const;

    std::string directory_;
    std::string salt_;  // hex
    std::map<std::string, entry> entries_;
    std::map<std::string, std::optional<entry>> unsaved_;  // none: forgotten
};

}  // namespace bbstream::hooks
