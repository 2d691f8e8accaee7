#include "backfill/forecast.hpp"

#include <algorithm>
#include <cmath>

namespace bbstream::backfill {

namespace {

// While none has been measured, beside the walk: statuses of the default branch, pull requests, and pipelines or, where
// there are none, pull requests once more: open and changed ones are asked for apart.
constexpr double rest_estimated = 3;
// Where nothing has changed yet: what has is walked through once more, and its commits are listed.
constexpr double commits_estimated = 1;
// Of older commits: a page of the default branch, and one of the others.
constexpr double older_estimated = 2;

std::uint64_t all(double each, std::size_t repositories)
{
    return static_cast<std::uint64_t>(std::ceil(each * static_cast<double>(repositories)));
}

}  // namespace

void tally::add(std::uint64_t took)
{
    ++looks;
    requests += took;
}

double tally::each() const
{
    return looks == 0 ? 0 : static_cast<double>(requests) / static_cast<double>(looks);
}

forecast expect(tallies const& so_far, std::size_t repositories, bool older, walk_cost walk)
{
    auto const& [same, changed, history] = so_far;
    tally const any{same.looks + changed.looks, same.requests + changed.requests};
    auto usual = any.looks > 0 ? any.each() : walk.first + rest_estimated;
    auto const unchanged = same.looks > 0 ? same.each() : walk.first + rest_estimated;
    auto const changed_each = changed.looks > 0 ? changed.each() : unchanged + walk.again + commits_estimated;
    auto const more = !older ? 0 : history.looks > 0 ? history.each() : older_estimated;
    forecast made;
    made.repositories = repositories;
    made.requests = all(usual + more, repositories);
    made.most = all(std::max(usual, changed_each) + more, repositories);
    made.measured = any.looks > 0 && (!older || history.looks > 0);
    return made;
}

}  // namespace bbstream::backfill
