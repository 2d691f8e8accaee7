// What looking at some repositories will take, by what the looks so far took: a pure estimate.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace bbstream::backfill {

struct forecast {
    std::string instance;
    std::size_t repositories = 0;
    std::uint64_t requests = 0;  // if as many have changed as so far
    std::uint64_t most = 0;      // if all have
    std::uint64_t per_hour = 0;  // that the budget allows
    bool measured = false;       // from the looks so far; else an estimate
    std::string refused;         // why none of it can be had just now; empty: it can
};

// Looks of one kind that came to their end, and the requests that they took.
struct tally {
    std::uint64_t looks = 0;
    std::uint64_t requests = 0;

    void add(std::uint64_t took);
    double each() const;
};

struct tallies {
    tally same;     // of repositories in which nothing was otherwise than webhooks had told
    tally changed;  // of the others
    tally older;    // of older commits that were asked for, beside either
};

// Requests of a walk through a repository's refs, and of another one since a ref is in doubt.
struct walk_cost {
    double first;
    double again;
};
// All refs in one.
inline constexpr walk_cost walk_by_id{1, 1};
// Where paths hold the repository's name (which is Data Center): whose that is, branches, and tags; and of a ref in
// doubt the push log.
inline constexpr walk_cost walk_by_name{3, 4};

// `older`: with older commits; `walk`: what one takes at least. Fills in what it will take.
forecast expect(tallies const& so_far, std::size_t repositories, bool older, walk_cost walk);

}  // namespace bbstream::backfill
