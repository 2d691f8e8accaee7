#include "backfill/schedule.hpp"

#include <algorithm>

namespace bbstream::backfill {

void schedule::set_due(std::string const& id, entry& of, instant due)
{
    order_.erase({of.due, id});
    of.due = due;
    if (!of.taken)
        order_.insert({due, id});
}

void schedule::put(repository one, instant now)
{
    newest_change_ = std::max(newest_change_, one.updated);
    auto const found = all_.find(one.id);
    if (found == all_.end()) {
        auto& made = all_[one.id];
        made.what = std::move(one);
        set_due(made.what.id, made, now);
        return;
    }
    auto& known = found->second;
    bool const changed = one.updated > known.what.updated || one.path != known.what.path;
    known.what = std::move(one);
    if (changed)
        hasten(known.what.id, now);
}

void schedule::replace(std::vector<repository> all, instant now)
{
    std::set<std::string, std::less<>> there;
    for (auto const& one : all)
        there.insert(one.id);
    for (auto& one : all)
        put(std::move(one), now);
    for (auto at = all_.begin(); at != all_.end();) {
        if (there.contains(at->first)) {
            ++at;
            continue;
        }
        order_.erase({at->second.due, at->first});
        at = all_.erase(at);
    }
}

void schedule::update(std::vector<repository> changed, instant now)
{
    for (auto& one : changed)
        put(std::move(one), now);
}

void schedule::hasten(std::string_view id, instant now)
{
    auto const found = all_.find(id);
    if (found == all_.end())
        return;
    auto& known = found->second;
    if (known.taken)
        known.hastened = true;
    else if (known.due > now)
        set_due(found->first, known, now);
}

std::optional<repository> schedule::take(instant now)
{
    if (order_.empty() || order_.begin()->first > now)
        return std::nullopt;
    auto& first = all_.find(order_.begin()->second)->second;
    order_.erase(order_.begin());
    first.taken = true;
    first.hastened = false;
    return first.what;
}

void schedule::put_back(std::string_view id, instant due)
{
    auto const found = all_.find(id);
    if (found == all_.end())
        return;
    auto& known = found->second;
    known.taken = false;
    set_due(found->first, known, known.hastened ? std::min(due, known.due) : due);
}

std::optional<instant> schedule::next() const
{
    return order_.empty() ? std::nullopt : std::optional(order_.begin()->first);
}

}  // namespace bbstream::backfill
