// Pull requests, and what happens to them. Reviewers' verdicts are approved, changes_requested, none or unknown.
#pragma once

#include "event/comment.hpp"
#include "event/field_change.hpp"
#include "event/objects.hpp"

#include <cstdint>

namespace bbstream::event {

// A pull request's description is cut there.
inline constexpr std::size_t description_bytes_max = 16 * 1024;

// Its source or its target.
struct pull_request_side {
    event::repository const* repository = nullptr;  // absent when the fork is gone
    text branch;                                    // main
    text ref;                                       // refs/heads/main
    hash head;
};

struct participant {
    std::optional<event::actor> actor;
    std::string_view role = "unknown";  // author, reviewer, participant, unknown
    std::string_view verdict = "none";
    std::optional<micros> at;
    text last_reviewed_sha;
};

struct pull_request {
    std::uint64_t id = 0;
    text title;
    text description;
    bool description_truncated = false;
    std::string_view state = "unknown";  // open, merged, declined, superseded, unknown
    std::string_view source_state;       // as the product calls it
    std::optional<bool> draft;
    std::optional<bool> locked;
    std::optional<actor> author;
    pull_request_side source;
    pull_request_side target;
    std::span<participant const> reviewers;
    std::span<participant const> participants;
    hash merge_commit;
    text merge_strategy;
    std::optional<actor> closed_by;
    std::optional<micros> closed_at;
    text decline_reason;
    std::optional<bool> close_source_branch;
    std::optional<std::uint64_t> comment_count;
    std::optional<std::uint64_t> task_count;
    std::optional<micros> created_at;
    std::optional<micros> updated_at;
    std::optional<std::uint64_t> version;
    text url;
};

// pullrequest.opened, .declined, .superseded, .reopened, .deleted, .snapshot
struct pull_request_fact {
    event::pull_request const* pull_request = nullptr;
};

// pullrequest.updated
struct pull_request_updated {
    event::pull_request const* pull_request = nullptr;
    std::optional<field_changes> changes;  // absent where what was before is not known
};

// pullrequest.source_updated
struct pull_request_source_updated {
    event::pull_request const* pull_request = nullptr;
    hash before;
    hash after;
};

// pullrequest.target_updated: another branch, or another head of the same one
struct pull_request_target_updated {
    event::pull_request const* pull_request = nullptr;
    text ref_before;  // refs/heads/main
    text ref_after;
    hash before;
    hash after;
};

// pullrequest.reviewers_updated
struct pull_request_reviewers_updated {
    event::pull_request const* pull_request = nullptr;
    std::optional<std::span<actor const>> added;
    std::optional<std::span<actor const>> removed;
};

// pullrequest.reviewed
struct pull_request_reviewed {
    event::pull_request const* pull_request = nullptr;
    actor const* reviewer = nullptr;
    std::string_view verdict = "unknown";
    text previous_verdict;
    text reviewed_sha;
    std::optional<micros> at;
};

// The commits of a pull request's source.
struct merged_commits {
    std::span<std::string_view const> shas;
    bool complete = false;
};

// pullrequest.merged
struct pull_request_merged {
    event::pull_request const* pull_request = nullptr;
    std::optional<merged_commits> commits;
};

// pullrequest.enriched: what came to be known later, once for each kind and source
struct pull_request_enriched {
    std::uint64_t id = 0;
    std::string_view kind;  // prFullSha, mergedCommitShas
    hash source;
    hash target;
    hash merge_commit;
    std::optional<merged_commits> commits;
};

// pullrequest.comment_created, _updated, _deleted, _resolved, _reopened
struct pull_request_comment {
    event::pull_request const* pull_request = nullptr;
    event::comment const* comment = nullptr;
};

}  // namespace bbstream::event
