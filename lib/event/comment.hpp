// Comments on pull requests, commits and issues.
#pragma once

#include "event/objects.hpp"

#include <cstdint>

namespace bbstream::event {

// A comment's text is cut there, and an issue's content.
inline constexpr std::size_t comment_bytes_max = 16 * 1024;

// The place in a file that a comment is on.
struct comment_anchor {
    text path;
    std::optional<std::uint64_t> line;
    text side;  // old, new
    std::optional<std::uint64_t> from_line;
    text from_sha;
    text to_sha;
};

struct comment {
    std::string_view id;
    text parent_id;
    text body;
    bool body_truncated = false;
    std::optional<actor> author;
    std::string_view state = "unknown";  // open, resolved, pending, unknown
    text severity;                       // normal, blocker
    std::optional<comment_anchor> anchor;
    std::optional<micros> created_at;
    std::optional<micros> updated_at;
    std::optional<std::uint64_t> version;
    text previous_body;
    bool previous_body_truncated = false;
    std::optional<actor> resolved_by;
    std::optional<micros> resolved_at;
    text url;
};

// commit.comment_created, _updated, _deleted
struct commit_comment {
    hash commit;
    event::comment const* comment = nullptr;
};

}  // namespace bbstream::event
