#include "state/snapshots.hpp"

namespace bbstream::state {

snapshot const* snapshots::find(key const& of, seconds now)
{
    if (auto const* found = open_.find(of))
        return in_window(found->at, now, fact_window) ? found : nullptr;
    auto const* found = closed_.find(of);
    return found && in_window(found->at, now, closed_window) ? found : nullptr;
}

void snapshots::write(key const& of, std::int64_t mark, std::string_view packed, bool closed, seconds now)
{
    erase(open_, of);
    erase(closed_, of);
    if (packed.size() > snapshot_bytes_max)
        return;
    (closed ? closed_ : open_).write(of) = {mark, now, std::string(packed)};
    units_ += snapshot_units(packed.size());
    packed_bytes_ += packed.size();
}

void snapshots::erase(table& from, key const& of)
{
    auto const* gone = from.find(of);
    if (!gone)
        return;
    units_ -= snapshot_units(gone->packed.size());
    packed_bytes_ -= gone->packed.size();
    from.erase(of);
}

void snapshots::expire(seconds now)
{
    state::expire(closed_, now, closed_window, [&](key const& gone) { erase(closed_, gone); });
    state::expire(open_, now, fact_window, [&](key const& gone) { erase(open_, gone); });
}

bool snapshots::evict_one()
{
    auto& from = closed_.size() > 0 ? closed_ : open_;
    auto const* oldest = from.oldest();
    if (!oldest)
        return false;
    erase(from, key(oldest->key));
    return true;
}

std::size_t snapshots::bytes() const
{
    return open_.bytes() + closed_.bytes() + packed_bytes_;
}

void snapshots::clear()
{
    open_.clear();
    closed_.clear();
    units_ = 0;
    packed_bytes_ = 0;
}

}  // namespace bbstream::state
