// What REST has shown of a repository: the heads behind which every commit is told, and how far the looking has come.
// It is moved by records only, and never forgotten by the state's bound.
#pragma once

#include "state/bounds.hpp"
#include "state/deployment_watch.hpp"
#include "state/described.hpp"
#include "state/history.hpp"
#include "state/pipeline_watch.hpp"
#include "state/pull_request_watch.hpp"
#include "state/ref_state.hpp"
#include "state/request.hpp"
#include "state/trail.hpp"
#include "state/walk.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::state {

// A ref that REST shows otherwise than it is known. It is believed when it is still seen so a while later.
struct doubt {
    std::string name;
    state::head seen;  // none: it is not there
    seconds since = 0;
    std::uint8_t looks = 1;
};

// Lists by name are in order of it.
//
// Of an instance as a whole (the repository without an id) it holds what was made last when all was first listed.
struct reconciliation {
    bool baseline = false;                    // a walk through all refs was complete, or the repository was new
    std::set<std::string, std::less<>> live;  // the branches and tags that exist, as far as is known
    std::vector<named_head> reconciled;       // the heads behind which every commit is told
    std::vector<named_head> observed;  // as the last walk saw them, as long as they are ahead of the reconciled ones
    std::vector<doubt> doubts;
    walk refs;
    std::uint64_t asof = 0;  // the journal's sequence when the walk's first request was sent
    walk commits;
    listing_end commits_end;
    std::vector<named_head> wanted;  // the heads whose commits are being listed
    state::trails trails;
    seconds delivered = 0;          // when a webhook last told of a push; 0: none has since one was lost
    seconds looked = 0;             // when a look at all of it last came to its end; 0: none has
    std::uint32_t listed = 0;       // commits that the listing in progress has told
    std::int64_t newest = 0;        // of an instance
    std::string default_ref;        // the default branch, where a walk through the refs shows it
    described itself;               // the repository, apart from what is in it
    std::string instance;           // whose it is, once anything was requested
    std::string repository;         // its id
    std::vector<request> requests;  // what is missing, in the order in which it was found
    key filling;                    // the change of the request whose commits are being listed; zeros: of none
    bool unreachable = false;       // what was asked for last could not be had; until a walk is complete
    pull_request_watch pull_requests;
    pipeline_watch pipelines;
    deployment_watch deployments;
    state::history history;
    std::size_t held_bytes = 0;  // of memory, when it was last weighed
};

// Of a list in order of names: the place of this one, or where it belongs.
template <class List>
auto place_of(List& list, std::string_view name)
{
    return std::lower_bound(list.begin(), list.end(), name,
                            [](auto const& each, std::string_view wanted) { return each.name < wanted; });
}

template <class List>
auto find_named(List& list, std::string_view name) -> decltype(list.data())
{
    auto const at = place_of(list, name);
    return at != list.end() && at->name == name ? &*at : nullptr;
}

void set_head(std::vector<named_head>& in, std::string_view name, head const& to);
void drop_doubt(reconciliation& of, std::string_view name);
// The one for the change with this event; nothing where there is none (any more).
request* find_request(reconciliation& of, key const& change);
// Whether that is news. With a ref that is gone goes the doubt about it.
bool set_live(reconciliation& of, std::string_view name, bool lives);

// When it was last looked at to the end; 0: never, or the last look left something to do.
seconds last_whole_look(reconciliation const& of);

// Memory that it holds beside itself, about.
std::size_t weight(reconciliation const& of);

}  // namespace bbstream::state
