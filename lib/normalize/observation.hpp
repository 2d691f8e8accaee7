// What a record that REST has answered says of itself, in its `meta`: what was asked for, when, and what comes next.
//
// {"repository":{...},"asof":42,"page":0,"next":"/2.0/...","grace":30}; the repository as the product describes it.
#pragma once

#include "base/time.hpp"
#include "normalize/read.hpp"
#include "state/bounds.hpp"
#include "state/walk.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace bbstream::normalize {

// The event keys of such records say what was asked for.
// A page of a walk through all refs: of either kind, each of which says what it is; or of branches, and of tags, which
// come after them.
inline constexpr std::string_view refs_key = "rest:refs";
inline constexpr std::string_view branches_key = "rest:branches";
inline constexpr std::string_view tags_key = "rest:tags";
inline constexpr std::string_view ref_key = "rest:ref";              // one ref of its own
inline constexpr std::string_view push_log_key = "rest:pushlog";     // how one ref came to where it is seen
inline constexpr std::string_view inventory_key = "rest:inventory";  // all repositories were listed for the first time
inline constexpr std::string_view repository_key = "rest:repository";  // one repository itself
inline constexpr std::string_view commits_key = "rest:commits";        // a page of the commits behind some heads
inline constexpr std::string_view request_key = "rest:request";        // why a request could not be filled
// A page of a walk through pull requests: the open ones, then those that changed; and one of its own.
inline constexpr std::string_view pull_requests_key = "rest:pullrequests";
inline constexpr std::string_view pull_request_key = "rest:pullrequest";
inline constexpr std::string_view comments_key = "rest:comments";  // a page of the comments on one pull request
// Older commits: that they are asked for, or why that has ended; and a page of them.
inline constexpr std::string_view history_key = "rest:history";
inline constexpr std::string_view older_commits_key = "rest:oldercommits";
inline constexpr std::string_view statuses_key = "rest:statuses";  // a page of the build statuses of one commit
// A page of a walk through pipelines, newest first; one of its own; and a page of its steps.
inline constexpr std::string_view pipelines_key = "rest:pipelines";
inline constexpr std::string_view pipeline_key = "rest:pipeline";
inline constexpr std::string_view steps_key = "rest:steps";
// A page of a walk through deployments, and one of its own.
inline constexpr std::string_view deployments_key = "rest:deployments";
inline constexpr std::string_view deployment_key = "rest:deployment";
inline constexpr std::string_view looked_key = "rest:looked";  // a look at all of a repository has come to its end

// Of rest:request: nobody asks any more; what is missing stays so until somebody does.
inline constexpr std::string_view unpolled_outcome = "unpolled";

struct observation {
    std::uint64_t asof = 0;      // the journal's sequence when the request was sent
    std::uint64_t page = 0;      // of its walk, from 0
    event::text next;            // what asks for the page after it; nothing at the walk's end
    micros date = 0;             // of the answer, as its Date says; 0: it does not
    std::uint64_t grace = 0;     // seconds for which a difference, or an absence, must be seen
    bool fresh = false;          // the repository was made after all others were looked at: it and its refs are news
    bool first_commits = false;  // at first sight some commits behind the heads are listed, too
    event::text ref;             // rest:ref, rest:pushlog: its full name
    std::uint64_t id = 0;        // rest:pullrequest, rest:comments: the pull request's id
    event::text pipeline;        // rest:pipeline, rest:steps: its UUID
    std::uint64_t run = 1;       // rest:steps: the number of its run
    event::text deployment;      // rest:deployment: its UUID
    bool found = true;           // whether what was asked for by itself is there
    std::uint64_t newest = 0;    // rest:inventory: repositories that are made later have greater marks
    bool last = false;           // rest:statuses: the last page of the last commit of a look; rest:steps: the last page
    event::text commit;          // rest:statuses: its hash, or the first digits of it
    std::optional<array> heads;  // of commits, page 0: [{"ref":...,"hash":...}], where the listing begins
    std::optional<array> told;   // the same: hashes of commits that lie behind what is told, though no head says so
    std::uint64_t most = 0;   // rest:commits, page 0: it ends behind so many; 0: where it comes to what it leaves out
    bool loss = true;         // the same: what is behind them was wanted, too
    bool cut = false;         // rest:commits and rest:comments, the last page: there may be more, which nobody asks for
    event::text request;      // rest:commits, page 0, and rest:request: the event of the change that it is for
    event::text outcome;      // rest:request: failed (it may be tried again), forbidden, absent, removed, unpolled;
                              // rest:history: these, or done, cut (there are too many)
    std::uint64_t since = 0;  // rest:history: commits from then on are asked for, in seconds since 1970
};

observation read_observation(std::optional<object> const& meta);

// Whether this is the walk's next page, or the first one of another: pages count once, in order. Then the walk is
// behind it.
bool takes(state::walk& of, observation const& about);

// Up to when (microseconds since 1970) a walk has seen what changed: what changes while it goes on may be on a page
// that was read. `latest`: the latest change that it has shown; `began` in seconds since 1970.
micros mark_of_walk(micros latest, state::seconds began);

}  // namespace bbstream::normalize
