#include "backfill/listed_commits.hpp"

#include "backfill/page.hpp"

#include <algorithm>

namespace bbstream::backfill {

listed_commits::listed_commits(std::string_view text)
{
    page const read(text);
    auto const values = read.values();
    if (!values)
        return;
    all_here_ = normalize::bool_member(*read.root(), "isLastPage").value_or(false);
    for (auto const each : *values) {
        auto const fields = normalize::as_object(each);
        auto const hash = fields ? normalize::filled_member(*fields, "id") : std::nullopt;
        if (!hash) {
            all_here_ = false;
            continue;
        }
        auto& added = all_.emplace_back(one{std::string(*hash), {}});
        auto const parents = normalize::array_member(*fields, "parents");
        if (!parents)
            continue;
        for (auto const parent : *parents)
            if (auto const of = normalize::as_object(parent))
                if (auto const id = normalize::filled_member(*of, "id"))
                    added.parents.emplace_back(*id);
    }
}

void listed_commits::spread(std::vector<normalize::ref_hash> const& heads, std::set<std::string>& told) const
{
    std::set<std::string_view> listed;
    for (auto const& each : all_)
        listed.insert(each.hash);
    for (auto const& each : heads)
        if (listed.contains(each.hash))
            told.insert(each.hash);
    for (auto const& each : all_)
        if (told.contains(each.hash))
            told.insert(each.parents.begin(), each.parents.end());
}

std::set<std::string> listed_commits::lacked_by(listed_commits const& other) const
{
    std::set<std::string> shown;
    for (auto const& each : other.all_)
        shown.insert(each.hash);
    std::set<std::string> lacked;
    for (auto const& each : all_)
        if (!shown.contains(each.hash))
            lacked.insert(each.hash);
    return lacked;
}

std::vector<std::string> listed_commits::beginnings(std::set<std::string> const& told) const
{
    std::set<std::string_view> untold;
    std::vector<std::string> found;
    for (auto const& each : all_)
        if (!told.contains(each.hash))
            untold.insert(each.hash);
    for (auto each = all_.rbegin(); each != all_.rend(); ++each)
        if (untold.contains(each->hash) &&
            std::ranges::none_of(each->parents, [&](auto const& parent) { return untold.contains(parent); }))
            found.push_back(each->hash);
    return found;
}

bool listed_commits::continue_from(std::string_view commit, std::set<std::string> const& told) const
{
    std::string_view begins_behind;
    for (auto const& each : all_) {
        if (told.contains(each.hash))
            continue;
        if (each.parents.size() != 1)
            return false;
        begins_behind = each.parents.front();
    }
    return begins_behind == commit;
}

}  // namespace bbstream::backfill
