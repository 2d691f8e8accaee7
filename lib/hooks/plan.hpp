// From the hooks that there are, and what the configuration says, to what has to be done. No I/O.
#pragma once

#include "hooks/hook.hpp"

#include <cstdint>
#include <functional>

namespace bbstream::hooks {

struct observed {
    place where;
    std::vector<hook> hooks;
};

struct wishes {
    std::string url;  // a hook is ours where it has this one, byte for byte
    level scope = level::repository;
    std::vector<std::string> events;
    bool signs = true;  // a secret is configured
};

// Whether a hook has the secret that is configured. Secrets can't be read back: what was set is remembered elsewhere.
enum class secret_state : std::uint8_t { current, other, unknown };
using secret_look = std::function<secret_state(place const&, hook const&)>;

enum class deed : std::uint8_t {
    keep,
    create,
    update,  // in place
    report,  // a duplicate, which stays
    remove,  // a duplicate
};
std::string_view deed_name(deed of);

struct step {
    deed what = deed::keep;
    place where;
    hook present;  // empty where one is created
    std::vector<std::string> why;
};

struct plan {
    std::vector<step> steps;  // what removes comes last
    std::size_t foreign = 0;  // hooks of others, which are left alone
    std::size_t count(deed of) const;
};

// Of several hooks of ours in one place at `scope` the oldest is kept. All others, and those at another level, are
// duplicates: each delivers everything once more.
plan make_plan(std::vector<observed> const& there, wishes const& want, secret_look const& secret, bool prune);

}  // namespace bbstream::hooks
