// What the one who asks REST needs to know of the fold's state of a repository, to ask the right things next.
#pragma once

#include "normalize/doubted_refs.hpp"
#include "state/state.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::normalize {

struct ref_hash {
    std::string ref;
    std::string hash;
    friend bool operator==(ref_hash const&, ref_hash const&) = default;
};

// What a webhook has shown to be missing.
struct missing_change {
    std::string id;  // the event of the change, as text
    state::request_kind kind = state::request_kind::truncated;
    ref_hash head;                 // whose commits fill it
    std::optional<ref_hash> from;  // where it goes back to; nothing is missing behind that
    bool ends_ref = false;         // after it the ref is gone
    std::uint8_t tries = 0;
    state::seconds tried = 0;
    bool withholds = false;  // commits wait for it that its push lists
};

// Comments that are to be listed.
struct discussion_view {
    std::uint64_t id = 0;  // of the pull request
    bool doubted = false;  // another listing will tell
};

struct pull_requests_view {
    bool baseline = false;
    state::walk pages;                  // in progress, if pages is not 0
    std::uint64_t newest = 0;           // the greatest id that was seen
    micros watermark = 0;               // the latest update that was seen
    std::vector<std::uint64_t> doubts;  // what another look will tell
    std::vector<discussion_view> discussions = {};
};

struct pipelines_view {
    struct run {
        std::string id;  // of its pipeline
        state::watched_run is;
    };
    bool baseline = false;
    state::walk pages;      // in progress, if pages is not 0
    micros watermark = 0;   // the latest creation that was seen
    std::vector<run> runs;  // those that have not ended, or whose steps have not been looked at
};

struct deployments_view {
    struct one {
        std::string id;
        state::open_deployment is;
    };
    bool possible = false;  // there are pipelines
    bool baseline = false;
    bool stale = false;         // pipelines have gone on since the last walk began
    state::walk pages;          // in progress, if pages is not 0
    state::seconds walked = 0;  // when the last complete walk ended; 0: none has
    std::uint32_t length = 0;   // what that has shown
    std::vector<one> open;      // those that have begun and not ended
};

// Older commits that were asked for.
struct history_view {
    state::seconds since = 0;    // 0: nothing is
    state::walk commits;         // in progress, if pages is not 0
    std::vector<ref_hash> left;  // branches that are not listed yet
    std::vector<ref_hash> done;
    std::uint32_t shown = 0;  // commits so far
    std::uint32_t found = 0;  // of these were told
    std::uint8_t tries = 0;
    state::seconds tried = 0;
    bool one_head = false;  // the listing in progress began with one
};

struct reconcile_view {
    bool baseline = false;
    std::int64_t newest = 0;           // of an instance
    bool delivered = false;            // webhooks tell of pushes: none was lost since they last did
    state::walk refs;                  // in progress, if pages is not 0
    state::walk commits;               // the same
    state::listing_end commits_end;    // of that one
    std::string default_ref;           // where a walk has shown it
    std::vector<state::doubt> doubts;  // what another look will tell
    std::vector<doubted_ref> doubted;  // of these the refs that no webhook has led there since
    std::vector<ref_hash> include;     // heads whose commits are not all told
    std::vector<ref_hash> exclude;     // heads behind which all is told
    std::vector<missing_change> missing;
    std::optional<state::request_kind> fills;  // the missing change that the walk through commits is for
    pull_requests_view pull_requests;
    pipelines_view pipelines;
    deployments_view deployments;
    history_view history;
};

// The repository of an instance as a whole has an empty id.
reconcile_view view_reconciliation(state::state& of, std::string_view instance, std::string_view repository);

// The heads behind which nothing of the change is missing, the nearest first. Made one by one: there may be as many
// changes, and as many heads, as their bounds allow.
std::vector<ref_hash> left_out(missing_change const& of, reconcile_view const& in);

// Of all repositories of the instance those in which something is missing: their ids.
std::vector<std::string> repositories_with_missing(state::state const& of, std::string_view instance);

}  // namespace bbstream::normalize
