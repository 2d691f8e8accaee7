#include "state/checkpoints.hpp"

#include "base/file.hpp"
#include "base/hex.hpp"
#include "state/shard_codec.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace bbstream::state {

namespace {

constexpr std::size_t checkpoint_bytes_max = std::size_t(4) << 30;

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

std::string checkpoints::path(std::size_t shard) const
{
    char name[32];
    std::snprintf(name, sizeof name, "/shard-%02zu.checkpoint", shard);
    return directory_ + name;
}

result<load_report> checkpoints::load(state& into)
{
    for (std::size_t shard = 0; shard < shard_count; ++shard)
        ::unlink(new_path(shard).c_str());
    auto report = look(into);
    for (std::size_t shard = 0; report && shard < shard_count; ++shard)
        slots_[shard] = {report->shards[shard].applied, std::nullopt, false};
    return report;
}

result<load_report> checkpoints::look(state& into) const
{
    into.clear();
    load_report report;
    for (std::size_t shard = 0; shard < shard_count; ++shard) {
        auto loaded = load_shard(shard, into);
        if (!loaded)
            return loaded.error();
        into.set_loaded(shard, loaded->applied);
        report.shards[shard] = std::move(*loaded);
    }
    return report;
}

result<shard_report> checkpoints::load_shard(std::size_t shard, state& into) const
{
    std::string const file = path(shard);
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
    if (header->shard != shard || header->shard_count != shard_count)
        return shard_report{shard_outcome::damaged, 0, file + ": it is that of another shard"};
    if (auto const read = shard_codec::decode_entries(*bytes, into.shard(shard)); !read)
        return shard_report{shard_outcome::damaged, 0, file + ": " + read.error().message};
    into.shard(shard).set_evicted(header->evicted);
    return shard_report{shard_outcome::loaded, header->applied, {}};
}

// The label is the shard's own: after a start a shard may hold more than the fold has come to again.
result<void> checkpoints::write(state const& from, std::size_t shard)
{
    auto& slot = slots_[shard];
    auto const applied = from.applied(shard);
    if (slot.prepared || slot.effective >= applied)
        return {};
    auto const& entries = from.shard(shard);
    checkpoint_header header;
    header.shard = static_cast<std::uint32_t>(shard);
    header.shard_count = shard_count;
    header.journal = journal_;
    header.applied = applied;
    header.units_max = entries.units_max();
    header.evicted = entries.evicted();
    shard_codec::encode(entries, header, buffer_);
    auto written = write_file(new_path(shard), buffer_);
    if (written)
        slot.prepared = applied;
    return written;
}

// One shard's trouble is not another's, and what has got its name already is not renamed again.
result<void> checkpoints::take_effect(std::uint64_t committed)
{
    result<void> outcome;
    bool any = false;
    for (std::size_t shard = 0; shard < shard_count; ++shard) {
        auto& slot = slots_[shard];
        if (!slot.prepared || *slot.prepared > committed)
            continue;
        if (!slot.renamed && ::rename(new_path(shard).c_str(), path(shard).c_str()) != 0) {
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
    for (auto& slot : slots_)
        if (slot.renamed)
            slot = {*slot.prepared, std::nullopt, false};
    return outcome;
}

std::uint64_t checkpoints::lowest_applied() const
{
    return std::ranges::min_element(slots_, {}, &slot::effective)->effective;
}

std::uint64_t checkpoints::highest_applied() const
{
    return std::ranges::max_element(slots_, {}, &slot::effective)->effective;
}

void checkpoints::forget()
{
    for (std::size_t shard = 0; shard < shard_count; ++shard) {
        ::unlink(new_path(shard).c_str());
        ::unlink(path(shard).c_str());
        slots_[shard] = {};
    }
}

}  // namespace bbstream::state
