// A webhook as Bitbucket has it, and where it has it.
#pragma once

#include "config/config.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::hooks {

using level = config::hook_scope;

struct place {
    hooks::level level = level::repository;
    std::string owner;  // workspace of Cloud, project of Data Center
    std::string slug;   // of a repository
    bool operator==(place const&) const = default;
};

// "acme/api", "project PLAT", "workspace acme"
std::string place_text(place const& of);
std::string level_text(level of);

struct hook {
    std::string id;
    std::string url;
    std::string name;
    bool active = true;
    bool verifies = true;               // the certificate of the URL
    std::optional<bool> has_secret;     // none: the product does not tell
    std::optional<std::string> secret;  // where the product shows it
    std::vector<std::string> events;
    std::string created;  // RFC 3339
};

// Whether an id is one that Bitbucket gives (a UUID in braces, or a number): it becomes part of a path.
bool is_hook_id(std::string_view id);

// What a hook of ours shall be.
struct content {
    std::string name;
    std::string url;
    std::vector<std::string> events;
    std::optional<std::string> secret;  // none: as it is
};

}  // namespace bbstream::hooks
