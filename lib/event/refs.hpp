// What happens to branches and tags: their changes, and the commits that come with them.
#pragma once

#include "event/objects.hpp"

#include <cstdint>

namespace bbstream::event {

struct commit_list {
    std::span<commit const> items;  // newest first, as both products send them
    std::optional<std::uint64_t> total;
    bool complete = false;
    bool cut = false;  // there were more than we keep
};

// ref.created, ref.updated, ref.deleted
struct ref_change {
    event::ref ref;
    text old_sha;
    text new_sha;
    text new_commit_sha;
    commit const* head = nullptr;
    event::tag const* tag = nullptr;
    std::optional<bool> forced;
    std::optional<commit_list> commits;
    std::uint64_t push_index = 0;
    std::uint64_t push_count = 0;
    bool reconstructed = false;  // found by looking, not delivered
};

// ref.snapshot
struct ref_snapshot {
    event::ref ref;
    text sha;
    text commit_sha;  // behind an annotated tag
    commit const* head = nullptr;
    std::optional<bool> is_default;
};

// commit.added
struct commit_added {
    event::commit const* commit = nullptr;
    event::ref ref;
    std::uint64_t order = 0;  // in its push, oldest first
};

}  // namespace bbstream::event
