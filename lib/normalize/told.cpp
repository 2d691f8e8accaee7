#include "normalize/told.hpp"

#include "normalize/requests.hpp"

#include <algorithm>

namespace bbstream::normalize {

bool leaves_out(state::request const& filled, state::named_head const& reconciled)
{
    return reconciled.name != filled.ref || reconciled.head != filled.after;
}

std::vector<std::uint64_t> told_heads(state::reconciliation const& of)
{
    std::vector<std::uint64_t> prefixes;
    prefixes.reserve(of.reconciled.size());
    for (auto const& each : of.reconciled)
        prefixes.push_back(each.head.prefix());
    std::ranges::sort(prefixes);
    return prefixes;
}

std::vector<std::uint64_t> told_heads(state::reconciliation const& of, state::request const& filled)
{
    std::vector<std::uint64_t> prefixes;
    prefixes.reserve(of.reconciled.size() + 1);
    for (auto const& each : of.reconciled)
        if (leaves_out(filled, each))
            prefixes.push_back(each.head.prefix());
    if (auto const& before = head_told_before(filled); !before.none())
        prefixes.push_back(before.prefix());
    std::ranges::sort(prefixes);
    return prefixes;
}

std::uint64_t untold(state::reconciliation const& of)
{
    return static_cast<std::uint64_t>(
        std::ranges::count_if(of.trails, [](auto const& each) { return !each.second.told; }));
}

std::uint64_t untold(state::reconciliation const& of, std::uint32_t wanted)
{
    return static_cast<std::uint64_t>(std::ranges::count_if(
        of.trails, [&](auto const& each) { return !each.second.told && each.second.ref == wanted; }));
}

}  // namespace bbstream::normalize
