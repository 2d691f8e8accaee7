#include "backfill/schedule.hpp"

#include "backfill/selection.hpp"

#include <algorithm>

namespace bbstream::backfill {

void schedule::set_due(std::string const& id, entry& of, instant due)
{
    of.due = due;
    settle(id, of);
}

void schedule::settle(std::string const& id, entry& of)
{
    order_.erase({of.place, id});
    of.place = std::min(of.due, of.called.value_or(of.due));
    if (!of.taken)
        order_.insert({of.place, id});
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
        order_.erase({at->second.place, at->first});
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
        known.hastened = now;
    else if (known.due > now)
        set_due(found->first, known, now);
}

bool schedule::call(std::string_view id, instant now)
{
    auto const found = all_.find(id);
    if (found == all_.end())
        return false;
    found->second.called = now;
    settle(found->first, found->second);
    return true;
}

bool schedule::is_due(std::string_view id, instant now) const
{
    auto const found = all_.find(id);
    return found != all_.end() && found->second.due <= now;
}

std::optional<repository> schedule::take(instant now)
{
    if (order_.empty() || order_.begin()->first > now)
        return std::nullopt;
    auto& first = all_.find(order_.begin()->second)->second;
    order_.erase(order_.begin());
    first.taken = true;
    first.hastened.reset();
    first.called.reset();
    return first.what;
}

void schedule::put_back(std::string_view id, instant due)
{
    auto const found = all_.find(id);
    if (found == all_.end())
        return;
    auto& known = found->second;
    known.taken = false;
    set_due(found->first, known, std::min(due, known.hastened.value_or(due)));
}

void schedule::put_back_called(std::string_view id, std::optional<instant> again)
{
    auto const found = all_.find(id);
    if (found == all_.end())
        return;
    auto& known = found->second;
    if (again)
        known.called = std::min(*again, known.called.value_or(*again));
    put_back(id, known.due);
}

std::vector<repository> schedule::named(std::string_view glob) const
{
    std::vector<repository> found;
    for (auto const& [id, each] : all_)
        if (glob.empty() || matches_glob(glob, each.what.full_name))
            found.push_back(each.what);
    return found;
}

std::optional<instant> schedule::next() const
{
    return order_.empty() ? std::nullopt : std::optional(order_.begin()->first);
}

}  // namespace bbstream::backfill
