// Asks Bitbucket for the repositories that are selected, and for the hooks wherever ours may be.
#pragma once

#include "hooks/keeper.hpp"
#include "hooks/plan.hpp"
#include "rest/client.hpp"
#include "rest/service.hpp"

namespace bbstream::hooks {

// What speaking about the hooks of an instance takes; outlives the coroutines.
struct desk {
    rest::client& over;
    rest::service const& service;
    keeper const& hooks;
    config::instance const& instance;
};

struct survey {
    std::vector<observed> there;
    std::vector<std::string> failures;  // of places where a hook of ours should be
    std::vector<std::string> notes;     // of others, which could hold a duplicate
};

// Whether nothing else would fare better than what has failed so: Bitbucket is away, or takes the credential for
// nobody's.
bool is_hopeless(desk const& at, failure const& why);

// `places_max`: of those at webhook.scope; 0: all. Errors: client::ask's for the repositories; what
// is_hopeless(); invalid where Cloud's workspace is not configured.
net::task<result<survey>> look(desk const& at, std::size_t places_max);

// webhook.events, or all that the product sends and bbstream types.
net::task<result<std::vector<std::string>>> wanted_events(desk const& at);

}  // namespace bbstream::hooks
