// What events speak of: people, repositories, commits. Absent optionals are unknown, and written as null.
//
// All views point into the record or into the fold's memory and are valid until its next record.
#pragma once

#include "base/time.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace bbstream::event {

using text = std::optional<std::string_view>;

struct actor {
    text id;                            // with its fallbacks
    text auth_id;                       // only what is no name
    std::string_view kind = "unknown";  // user, team, app, service, system, unknown
    text account_id;
    text username;
    text display_name;
    text email;
    std::optional<bool> active;
};

struct git_person {
    text name;
    text email;
    std::optional<actor> account;
};

// A hash as far as it is known: pull requests of Cloud have 12 digits of it.
struct hash {
    text sha;        // 40 or 64 hex digits
    text short_sha;  // the first 12
};

struct commit {
    std::string_view hash;  // as ids take it; empty where there is none
    text sha;               // 40 or 64 hex digits
    text short_sha;         // the first 12
    text message;
    bool message_truncated = false;
    std::optional<git_person> author;
    std::optional<git_person> committer;
    std::optional<micros> date;
    std::optional<micros> authored_at;
    std::optional<micros> committed_at;
    std::span<std::string_view const> parents;
    text url;
};

struct workspace {
    text id;
    text slug;
};

struct project {
    text id;
    text key;
    text name;
    std::optional<bool> personal;
};

struct parent_repository {
    text id;
    text full_name;
};

struct repository {
    std::string_view id;  // with its fallbacks
    text slug;
    text name;
    text full_name;
    std::optional<event::workspace> workspace;
    std::optional<event::project> project;
    std::optional<bool> is_private;
    std::optional<bool> archived;
    text default_branch;
    text url;
    text https_url;
    text ssh_url;
    std::optional<parent_repository> parent;
};

struct ref {
    std::string_view name;  // refs/heads/main
    std::string_view short_name;
    std::string_view type;  // branch, tag, other
};

struct tag {
    text message;
    bool message_truncated = false;
    std::optional<micros> tagged_at;
    std::optional<git_person> tagger;
};

}  // namespace bbstream::event
