#include "backfill/runs.hpp"

#include <algorithm>

namespace bbstream::backfill {

std::deque<runs::run>::const_iterator runs::finished() const
{
    return std::ranges::find_if(kept_, [](run const& each) { return each.left.empty(); });
}

bool runs::has_room() const
{
    std::lock_guard const lock(mutex_);
    return kept_.size() < kept_max || finished() != kept_.end();
}

std::optional<std::uint64_t> runs::begin(std::vector<run_target> targets, instant now, bool older)
{
    std::lock_guard const lock(mutex_);
    if (kept_.size() >= kept_max) {
        auto const gone = finished();
        if (gone == kept_.end())
            return std::nullopt;
        kept_.erase(gone);
    }
    auto& made = kept_.emplace_back();
    made.begun = now;
    made.older = older;
    for (auto& each : targets)
        made.left.insert({{std::move(each.instance), std::move(each.id)}, {std::move(each.full_name)}});
    made.so_far.id = ++last_;
    made.so_far.repositories = made.left.size();
    return last_;
}

void runs::looked(std::string_view instance, std::string_view id, instant began, std::string_view why, bool older_left)
{
    std::lock_guard const lock(mutex_);
    for (auto& each : kept_) {
        auto const which = each.left.find({std::string(instance), std::string(id)});
        if (which == each.left.end() || began < each.begun)
            continue;
        if (each.older && older_left && why.empty())
            which->second.looked = true;
        else
            settle(each, which, why);
    }
}

void runs::told_older(std::string_view instance, std::string_view id, std::uint64_t commits, std::string_view why)
{
    std::lock_guard const lock(mutex_);
    for (auto& each : kept_) {
        auto const which = each.left.find({std::string(instance), std::string(id)});
        if (which == each.left.end() || !each.older)
            continue;
        each.so_far.commits += commits;
        if (which->second.looked || !why.empty())
            settle(each, which, why);
    }
}

void runs::forget_absent(std::string_view instance, std::function<bool(std::string_view id)> const& is_there)
{
    std::lock_guard const lock(mutex_);
    for (auto& each : kept_)
        for (auto at = each.left.begin(); at != each.left.end();) {
            auto const which = at++;
            if (which->first.first == instance && !is_there(which->first.second))
                settle(each, which, "it is not there any more");
        }
}

// In one word, however many they are.
void runs::give_up(std::string_view instance, std::string_view why)
{
    std::lock_guard const lock(mutex_);
    for (auto& each : kept_) {
        auto const count = std::erase_if(each.left, [&](auto const& one) { return one.first.first == instance; });
        if (count == 0)
            continue;
        each.so_far.failed += count;
        each.so_far.failures.push_back({std::string(instance), {}, std::string(why), count});
    }
}

void runs::settle(run& of, std::map<key, waiting>::iterator which, std::string_view why)
{
    if (!why.empty()) {
        ++of.so_far.failed;
        if (of.so_far.failures.size() < failures_max)
            of.so_far.failures.push_back({which->first.first, which->second.full_name, std::string(why)});
    }
    of.left.erase(which);
}

std::optional<run_progress> runs::progress(std::uint64_t id) const
{
    std::lock_guard const lock(mutex_);
    auto const found = std::ranges::find_if(kept_, [&](run const& each) { return each.so_far.id == id; });
    if (found == kept_.end())
        return std::nullopt;
    auto told = found->so_far;
    told.left = found->left.size();
    return told;
}

}  // namespace bbstream::backfill
