#include "backfill/schedule.hpp"

#include "base/random.hpp"
#include "config/selection.hpp"

#include <algorithm>
#include <array>

namespace bbstream::backfill {

std::chrono::milliseconds wait_after_start(repository const& of, std::uint32_t looked_at, bool tells_changes,
                                           std::chrono::milliseconds reconcile, micros now)
{
    using std::chrono::milliseconds;
    micros const then = micros{looked_at} * 1'000'000;
    if (!tells_changes || looked_at == 0 || of.updated + change_overlap >= then || now < then)
        return milliseconds(0);
    return std::max(milliseconds(0), reconcile - milliseconds((now - then) / 1'000));
}

std::chrono::milliseconds jittered(std::chrono::milliseconds time)
{
    std::array<unsigned char, 1> random{};
    fill_random(random);
    return time + time * random[0] / 2560;
}

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

void schedule::put(repository one, instant now, instant due)
{
    one.whole = {};
    one.packed = {};
    auto const found = all_.find(one.id);
    if (found == all_.end()) {
        auto& made = all_[one.id];
        made.what = std::move(one);
        set_due(made.what.id, made, due);
        return;
    }
    auto& known = found->second;
    bool const changed = one.updated > known.what.updated || one.path != known.what.path;
    known.what = std::move(one);
    if (changed)
        hasten(known.what.id, now);
}

void schedule::replace(std::vector<repository> all, instant now, std::vector<instant> const& due, bool complete)
{
    std::set<std::string, std::less<>> there;
    for (auto const& one : all)
        there.insert(one.id);
    for (std::size_t at = 0; at < all.size(); ++at)
        put(std::move(all[at]), now, at < due.size() ? due[at] : now);
    if (!complete)
        return;
    for (auto at = all_.begin(); at != all_.end();) {
        if (there.contains(at->first)) {
            ++at;
            continue;
        }
        order_.erase({at->second.place, at->first});
        taken_.erase({at->second.taken_from, at->first});
        at = all_.erase(at);
    }
}

void schedule::update(std::vector<repository> changed, instant now)
{
    for (auto& one : changed)
        put(std::move(one), now, now);
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
    found->second.called = std::min(now, found->second.called.value_or(now));
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
    taken_.insert(order_.extract(order_.begin()));
    first.taken = true;
    first.taken_from = first.place;
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
    taken_.erase({known.taken_from, found->first});
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
        if (glob.empty() || config::matches_glob(glob, each.what.full_name))
            found.push_back(each.what);
    return found;
}

std::optional<repository> schedule::find(std::string_view id) const
{
    auto const found = all_.find(id);
    return found == all_.end() ? std::nullopt : std::optional(found->second.what);
}

std::optional<instant> schedule::next() const
{
    return order_.empty() ? std::nullopt : std::optional(order_.begin()->first);
}

std::optional<instant> schedule::longest_due() const
{
    auto const waiting = next();
    if (taken_.empty())
        return waiting;
    auto const begun = taken_.begin()->first;
    return waiting ? std::min(begun, *waiting) : begun;
}

}  // namespace bbstream::backfill
