#include "state/checkpoint_choice.hpp"

#include <algorithm>

namespace bbstream::state {

namespace {

// The one without which the gap between its neighbors is the least. The journal's beginning and the checkpoint in
// effect are neighbors too.
std::size_t closest(std::vector<std::uint64_t> const& older, std::uint64_t begin, std::uint64_t end)
{
    std::size_t found = 0;
    std::uint64_t least = UINT64_MAX;
    for (std::size_t at = 0; at < older.size(); ++at) {
        auto const before = at == 0 ? begin : older[at - 1];
        auto const after = at + 1 == older.size() ? end : older[at + 1];
        if (after - before < least) {
            least = after - before;
            found = at;
        }
    }
    return found;
}

}  // namespace

std::vector<std::uint64_t> dispensable(std::vector<std::uint64_t> older, std::uint64_t in_effect,
                                       std::uint64_t journal_first)
{
    auto const begin = journal_first - 1;
    auto const usable = std::lower_bound(older.begin(), older.end(), begin);
    std::vector<std::uint64_t> gone(older.begin(), usable);
    older.erase(older.begin(), usable);
    while (older.size() > older_checkpoints_max) {
        auto const one = older.begin() + static_cast<std::ptrdiff_t>(closest(older, begin, in_effect));
        gone.push_back(*one);
        older.erase(one);
    }
    return gone;
}

std::vector<std::uint64_t> in_order_of_use(std::vector<std::uint64_t> const& all, std::uint64_t at_most,
                                           std::uint64_t journal_first)
{
    auto const usable = std::lower_bound(all.begin(), all.end(), journal_first - 1);
    auto const beyond = std::upper_bound(usable, all.end(), at_most);
    std::vector<std::uint64_t> order(usable, beyond);
    std::reverse(order.begin(), order.end());
    if (journal_first > 1)
        order.insert(order.end(), beyond, all.end());
    return order;
}

}  // namespace bbstream::state
