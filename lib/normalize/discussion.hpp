// What the fold remembers of the comments on a pull request, from one listing of them to the next.
#pragma once

#include "event/pull_request.hpp"
#include "normalize/mapping.hpp"
#include "state/bounds.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <span>

namespace bbstream::normalize {

struct known_discussion {
    micros known = 0;                              // what was said up to then is no news
    std::uint64_t stamp = 0;                       // of the pull request when they were listed
    state::seconds listed = 0;                     // when that was; 0: never
    std::span<std::uint64_t const> comments = {};  // those that were there, in order
};

// The next listing is the first one: nothing in it is news.
inline constexpr micros known_whatever = std::numeric_limits<micros>::max();
// No pull request's: whatever it shows, its comments are listed again.
inline constexpr std::uint64_t no_stamp = 0;

// What a list of pull requests shows to be otherwise once something is said: another stamp. Data Center's edits of
// comments leave no trace there.
std::uint64_t stamp_of(event::pull_request const& of, arena& memory);

// In the record's repository.
std::optional<known_discussion> recall_discussion(mapping& in, std::uint64_t pull_request);
// Whether these are other comments than those that were there, as far as those are remembered.
bool differ(std::set<std::uint64_t> const& comments, known_discussion const& before);
// Of too many comments the oldest are forgotten.
void remember_discussion(mapping& in, std::uint64_t pull_request, known_discussion const& what, bool closed);

}  // namespace bbstream::normalize
