#include "state/checkpoints.hpp"

#include "base/file.hpp"
#include "base/hex.hpp"
#include "state/checkpoint_choice.hpp"
#include "state/shard_codec.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <utility>

namespace bbstream::state {

namespace {

constexpr std::size_t checkpoint_bytes_max = std::size_t(4) << 30;
constexpr int looks_max = 3;

}  // namespace

std::size_t load_report::count(shard_outcome which) const
{
    return static_cast<std::size_t>(
        std::count_if(shards.begin(), shards.end(), [&](auto const& each) { return each.outcome == which; }));
}

checkpoints::checkpoints(std::string directory, journal::identity const& journal)
    : directory_(std::move(directory)), journal_(journal)
{
}

result<load_report> checkpoints::load(state& into, std::uint64_t at_most)
{
    into.clear();
    auto const lists = list_checkpoints(directory_);
    if (!lists)
        return lists.error();
    load_report report;
    for (std::size_t shard = 0; shard < shard_count; ++shard) {
        ::unlink(new_path(shard).c_str());
        auto const& all = (*lists)[shard];
        auto const beyond = std::upper_bound(all.begin(), all.end(), at_most);
        auto loaded = load_first(shard, {std::make_reverse_iterator(beyond), all.rend()}, into);
        if (!loaded)
            return loaded.error();
        keep_loaded(shard, all, loaded->applied);
        report.shards[shard] = std::move(*loaded);
    }
    if (auto const synced = sync_directory(directory_); !synced)
        return synced.error();
    return report;
}

// What is newer than the one that was loaded is of no use: it is damaged, another journal's, or beyond what may be.
void checkpoints::keep_loaded(std::size_t shard, std::vector<std::uint64_t> all, std::uint64_t loaded)
{
    for (; !all.empty() && all.back() > loaded; all.pop_back())
        ::unlink(path(shard, all.back()).c_str());
    if (!all.empty())
        all.pop_back();
    slots_[shard] = {loaded, std::move(all), std::nullopt, false};
}

// A daemon may have removed all that was listed, in favor of newer ones: then it is listed again.
result<load_report> checkpoints::look(state& into, std::uint64_t at_most, std::uint64_t journal_first) const
{
    into.clear();
    load_report report;
    for (std::size_t shard = 0; shard < shard_count; ++shard)
        for (int looks = 0; looks < looks_max; ++looks) {
            auto const lists = list_checkpoints(directory_);
            if (!lists)
                return lists.error();
            auto const order = in_order_of_use((*lists)[shard], at_most, journal_first);
            auto loaded = load_first(shard, order, into);
            if (!loaded)
                return loaded.error();
            report.shards[shard] = std::move(*loaded);
            if (order.empty() || report.shards[shard].outcome != shard_outcome::missing)
                break;
        }
    return report;
}

// The first one that can be used.
result<shard_report> checkpoints::load_first(std::size_t shard, std::vector<std::uint64_t> const& order,
                                             state& into) const
{
    shard_report report;
    for (auto const applied : order) {
        auto loaded = load_one(shard, applied, into);
        if (!loaded)
            return loaded;
        if (loaded->outcome == shard_outcome::loaded) {
            into.set_loaded(shard, applied);
            loaded->why = std::move(report.why);
            return loaded;
        }
        if (report.outcome == shard_outcome::missing)
            report = std::move(*loaded);
    }
    return report;
}

result<shard_report> checkpoints::load_one(std::size_t shard, std::uint64_t applied, state& into) const
{
    std::string const file = path(shard, applied);
    if (::access(file.c_str(), F_OK) != 0 && errno == ENOENT)
        return shard_report{};
    auto const bytes = read_file(file, checkpoint_bytes_max);
    if (!bytes && bytes.error().kind == failure_kind::io)
        return bytes.error();
    if (!bytes)
        return shard_report{shard_outcome::damaged, 0, bytes.error().message};
    auto const header = shard_codec::decode_header(*bytes);
    if (!header)
        return shard_report{shard_outcome::damaged, 0, file + ": " + header.error().message};
    if (header->version != checkpoint_version)
        return shard_report{shard_outcome::other_version, 0,
                            file + ": it is of version " + std::to_string(header->version) + ", not " +
                                std::to_string(checkpoint_version)};
    if (header->journal != journal_)
        return shard_report{shard_outcome::other_identity, 0,
                            file + ": it belongs to the journal " + to_hex(header->journal)};
    if (header->shard != shard || header->shard_count != shard_count || header->applied != applied)
        return shard_report{shard_outcome::damaged, 0, file + ": it is that of another shard, or another record"};
    if (auto const read = shard_codec::decode_entries(*bytes, into.shard(shard)); !read)
        return shard_report{shard_outcome::damaged, 0, file + ": " + read.error().message};
    into.shard(shard).set_evicted(header->evicted);
    return shard_report{shard_outcome::loaded, applied, {}};
}

// The label is the shard's own: after a start a shard may hold more than the fold has come to again.
result<bool> checkpoints::write(state const& from, std::size_t shard)
{
    auto& slot = slots_[shard];
    auto const applied = from.applied(shard);
    if (slot.prepared || slot.effective >= applied)
        return false;
    auto const& entries = from.shard(shard);
    checkpoint_header header;
    header.shard = static_cast<std::uint32_t>(shard);
    header.shard_count = shard_count;
    header.journal = journal_;
    header.applied = applied;
    header.units_max = entries.units_max();
    header.evicted = entries.evicted();
    shard_codec::encode(entries, header, buffer_);
    if (auto const written = write_file(new_path(shard), buffer_); !written)
        return written.error();
    slot.prepared = applied;
    return true;
}

// One shard's trouble is not another's, and what has got its name already is not renamed again.
result<void> checkpoints::take_effect(std::uint64_t committed, std::uint64_t journal_first)
{
    result<void> outcome;
    bool any = false;
    for (std::size_t shard = 0; shard < shard_count; ++shard) {
        auto& slot = slots_[shard];
        if (!slot.prepared || *slot.prepared > committed)
            continue;
        if (!slot.renamed && ::rename(new_path(shard).c_str(), path(shard, *slot.prepared).c_str()) != 0) {
            if (errno == ENOENT)
                slot.prepared.reset();  // somebody removed it: it is written again
            outcome = system_failure("rename " + new_path(shard), errno);
            continue;
        }
        slot.renamed = true;
        any = true;
    }
    if (!any)
        return outcome;
    if (auto synced = sync_directory(directory_); !synced)
        return synced;
    for (std::size_t shard = 0; shard < shard_count; ++shard)
        if (slots_[shard].renamed)
            succeed(shard, journal_first);
    return outcome;
}

// What can't be removed now is listed by the next start.
void checkpoints::succeed(std::size_t shard, std::uint64_t journal_first)
{
    auto& slot = slots_[shard];
    if (slot.effective > 0)
        slot.older.push_back(slot.effective);
    slot.effective = *slot.prepared;
    slot.prepared.reset();
    slot.renamed = false;
    for (auto const gone : dispensable(slot.older, slot.effective, journal_first)) {
        ::unlink(path(shard, gone).c_str());
        std::erase(slot.older, gone);
    }
}

std::uint64_t checkpoints::lowest_applied() const
{
    return std::ranges::min_element(slots_, {}, &slot::effective)->effective;
}

std::uint64_t checkpoints::highest_applied() const
{
    return std::ranges::max_element(slots_, {}, &slot::effective)->effective;
}

}  // namespace bbstream::state
