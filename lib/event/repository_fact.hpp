// What happens to repositories and projects themselves, and what is found in them.
#pragma once

#include "event/field_change.hpp"
#include "event/objects.hpp"

namespace bbstream::event {

// repository.created, .imported, .forked, .updated, .transferred, .deleted, .snapshot. The repository itself is the
// delivery's: of a fork the fork.
struct repository_fact {
    event::repository const* previous = nullptr;  // before it was changed
    std::optional<field_changes> changes;
    event::repository const* fork = nullptr;  // of repository.forked
};

struct project_entity {
    std::string_view id;
    text key;
    text name;
    text description;
    bool description_truncated = false;
    std::optional<bool> is_private;
    std::optional<bool> personal;
    text url;
};

// project.updated, project.snapshot
struct project_fact {
    project_entity const* project = nullptr;
    project_entity const* previous = nullptr;
    std::optional<field_changes> changes;
};

// secret.detected: one place; the secret itself is nowhere
struct secret_detected {
    text commit_sha;
    text path;
    std::optional<std::uint64_t> line;
    text rule_name;
};

// mirror.synchronized: one ref, or none where there were too many
struct mirror_synchronized {
    text mirror_id;
    text mirror_name;
    text sync_type;  // snapshot, incremental
    bool ref_limit_exceeded = false;
    std::optional<event::ref> ref;
    text old_sha;
    text new_sha;
};

}  // namespace bbstream::event
