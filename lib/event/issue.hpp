// Issues of Bitbucket Cloud's own tracker.
#pragma once

#include "event/comment.hpp"
#include "event/field_change.hpp"

#include <cstdint>

namespace bbstream::event {

struct issue {
    std::uint64_t id = 0;
    text title;
    text content;
    bool content_truncated = false;
    text kind;
    text priority;
    std::string_view state = "unknown";
    std::string_view source_state;
    std::optional<actor> reporter;
    std::optional<actor> assignee;
    text component;
    text milestone;
    text version;
    std::optional<std::uint64_t> votes;
    std::optional<micros> created_at;
    std::optional<micros> updated_at;
    text url;
};

// issue.created, issue.snapshot
struct issue_fact {
    event::issue const* issue = nullptr;
};

// issue.updated
struct issue_updated {
    event::issue const* issue = nullptr;
    std::optional<field_changes> changes;
    event::comment const* comment = nullptr;  // may be absent
};

// issue.comment_created
struct issue_comment_created {
    event::issue const* issue = nullptr;
    event::comment const* comment = nullptr;
};

}  // namespace bbstream::event
