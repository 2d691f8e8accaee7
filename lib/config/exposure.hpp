// Secrets in files that others on this machine can read. They are used all the same: who may read them is for people to
// decide, but they should know.
#pragma once

#include "config/config.hpp"

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace bbstream::config {

// A file that holds a secret, and the configuration's name for it.
struct secret_file {
    std::string key;
    std::string path;
};

// Those of "file:PATH" and ingest.tls.key. What systemd hands over is its own business.
std::vector<secret_file> secret_files(config const& of);
// Of one instance, "instance NAME: " before each key.
std::vector<secret_file> secret_files(instance const& of);
// Of [state].
std::vector<secret_file> secret_files(state const& of);

enum class readers { owner, group, everyone };

// Who can read a file of this mode. That a group can read one of root's is how a service reads it, and counts as
// `owner`.
readers readers_of(mode_t mode, uid_t owner);

struct exposure {
    secret_file file;
    readers to = readers::everyone;
    std::string said;  // "PATH can be read by every user of this machine"
    std::string cure;  // a command
};

// Nothing where nobody else can read it, or there is no such file.
std::optional<exposure> exposure_of(secret_file const& one);
// "state.key: /etc/key can be read by every user of this machine (chmod o= /etc/key)"
std::string exposure_text(exposure const& of);
std::vector<exposure> exposures_of(std::vector<secret_file> const& all);

}  // namespace bbstream::config
