// A pull request as REST shows it, beside what is known of it.
#pragma once

#include "base/product.hpp"
#include "normalize/pull_request_snapshot.hpp"
#include "state/ref_state.hpp"

#include <optional>
#include <span>

namespace bbstream::normalize {

struct observed_pull_request {
    event::pull_request const* of = nullptr;  // nothing where it has no id
    pull_request_snapshot now;
};

observed_pull_request read_observed(product platform, object const& from, arena& memory);

// A person whose verdict is another than the one that is known.
struct changed_verdict {
    event::participant const* who = nullptr;
    event::text before;  // nothing where none was known
};

std::span<changed_verdict const> changed_verdicts(mapping& in, event::pull_request const& of);
// That is what they say from now on, which is no news.
void take_verdict(mapping& in, event::pull_request const& of, event::participant const& who);
void take_verdicts(mapping& in, event::pull_request const& of);
event::pull_request_reviewed review_of(event::pull_request const& of, changed_verdict const& what);

// What REST shows, verdicts included, as one digest.
state::head digest_of(observed_pull_request const& seen, arena& memory);

// What is told where it differs from what is known.
struct pull_request_news {
    observed_pull_request const& seen;
    std::optional<known_pull_request> const& before;
    bool opened = false;  // it was not there at the last look
};

// Whether it differs at all, but for verdicts.
bool differs(pull_request_news const& what, arena& memory);
struct pull_request_parts {
    bool source = false;
    bool target = false;
    bool reviewers = false;
    bool state = false;
};
// Nothing differs where nothing was known.
pull_request_parts differing_parts(pull_request_news const& what, arena& memory);
// With the target's head that is known, unless it is another target: that of a branch moves along with it.
pull_request_snapshot settled_target(pull_request_news const& what);

// One pull request that differs in what no other fact tells.
void add_snapshot(mapping& in, observed_pull_request const& seen);
void add_opened(mapping& in, event::pull_request const& of);

namespace cloud {
void add_news(mapping& in, pull_request_news const& what);
}

namespace datacenter {
void add_news(mapping& in, pull_request_news const& what);
// `before`: as it was last known.
void add_deleted(mapping& in, std::uint64_t id, std::optional<known_pull_request> const& before);
}  // namespace datacenter

}  // namespace bbstream::normalize
