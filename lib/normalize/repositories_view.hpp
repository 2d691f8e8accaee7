// What the one who lists repositories needs to know of those that the fold knows.
#pragma once

#include "state/state.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::normalize {

struct listed_repository {
    std::string id;
    std::string packed;  // its description
};

struct known_repository {
    std::string id;
    std::string full_name;
    std::string project_key;  // empty: not known
};

struct repositories_view {
    std::vector<state::seconds> looked_at;   // each listed one, when it last was to the end; 0: never
    std::vector<std::size_t> unknown;        // of the listed ones, by number: never described
    std::vector<std::size_t> different;      // of the listed ones: otherwise than they are known
    std::vector<known_repository> unlisted;  // the instance's known ones that are not in the list
    std::size_t known = 0;                   // all of the instance
};

// `complete`: unlisted ones are wanted, too.
repositories_view view_repositories(state::state& of, std::string_view instance,
                                    std::vector<listed_repository> const& listed, bool complete);

}  // namespace bbstream::normalize
