#include "unit/journal/sim_disk.hpp"

#include "journal/format.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace bbstream::journal::test {

namespace {

constexpr std::size_t sector_bytes = 512;

}  // namespace

struct sim_file {
    // Of a sector that differs, or may differ, from what is durable.
    enum class sector : std::uint8_t {
        clean,
        dirty,  // a sync makes it durable
        lost,   // a sync has failed: seen until it is dropped from the cache, and never durable
    };

    void resize(std::uint64_t size)
    {
        seen.resize(size);
        sectors.resize((size + sector_bytes - 1) / sector_bytes, sector::dirty);
    }

    std::vector<unsigned char> seen;
    std::vector<unsigned char> durable;
    std::vector<sector> sectors;
};

class sim_handle final : public file {
   public:
    sim_handle(sim_disk& disk, std::shared_ptr<sim_file> to, file_access how)
        : disk_(disk), file_(std::move(to)), how_(how)
    {
    }

    result<std::size_t> read(std::uint64_t offset, unsigned char* to, std::size_t size) const override
    {
        if (disk_.next_call() != sim_disk::fate::works)
            return system_failure("read", EIO);
        if (offset >= file_->seen.size())
            return std::size_t{0};
        size = std::min<std::size_t>(size, file_->seen.size() - offset);
        std::memcpy(to, file_->seen.data() + offset, size);
        return size;
    }

    result<void> write(std::uint64_t offset, unsigned char const* from, std::size_t size) override
    {
        auto const fate = disk_.next_call();
        if (fate == sim_disk::fate::dead)
            return system_failure("write", EIO);
        std::uint64_t const end = offset + size;
        std::uint64_t const grows = end > file_->seen.size() ? end - file_->seen.size() : 0;
        if (grows > 0 && disk_.bytes() + grows > disk_.capacity_)
            return system_failure("write", ENOSPC);
        // Of a write that fails all may be there, any part or nothing.
        if (fate != sim_disk::fate::works && disk_.chance(3))
            return system_failure("write", EIO);
        bool const whole = fate == sim_disk::fate::works || disk_.chance(3);
        if (grows > 0)
            file_->resize(end);
        for (std::uint64_t at = offset; at < end; at += sector_bytes)
            write_sector(at, from + (at - offset), fate == sim_disk::fate::works, whole);
        if (fate == sim_disk::fate::works)
            return {};
        return system_failure("write", EIO);
    }

    result<void> allocate(std::uint64_t size) override
    {
        if (disk_.next_call() != sim_disk::fate::works)
            return system_failure("allocate", EIO);
        if (size > file_->seen.size() && disk_.bytes() + size - file_->seen.size() > disk_.capacity_)
            return system_failure("allocate", ENOSPC);
        if (size > file_->seen.size())
            file_->resize(size);
        return {};
    }

    result<void> sync() override
    {
        auto const fate = disk_.next_call();
        if (fate == sim_disk::fate::dead)
            return system_failure("sync", EIO);
        bool const works = fate == sim_disk::fate::works;
        auto& sectors = file_->sectors;
        if (works)
            file_->durable.resize(file_->seen.size());
        for (std::size_t i = 0; i < sectors.size(); ++i) {
            if (sectors[i] != sim_file::sector::dirty)
                continue;
            if (works)
                copy(i, file_->seen, file_->durable);
            sectors[i] =
                works ? sim_file::sector::clean : (disk_.direct_ ? sim_file::sector::dirty : sim_file::sector::lost);
        }
        if (!works)
            return system_failure("sync", EIO);
        return {};
    }

    result<void> settle() override
    {
        if (auto synced = sync(); !synced)
            return synced;
        for (std::size_t i = 0; i < file_->sectors.size(); ++i)
            if (file_->sectors[i] == sim_file::sector::lost) {
                copy(i, file_->durable, file_->seen);
                file_->sectors[i] = sim_file::sector::clean;
            }
        return {};
    }

    result<std::uint64_t> size() const override
    {
        if (disk_.next_call() != sim_disk::fate::works)
            return system_failure("size", EIO);
        return std::uint64_t{file_->seen.size()};
    }

   private:
    void write_sector(std::uint64_t at, unsigned char const* from, bool works, bool whole)
    {
        auto const index = at / sector_bytes;
        if (!whole && disk_.chance(2))
            return;
        std::memcpy(file_->seen.data() + at, from, sector_bytes);
        if (!whole && disk_.chance(4))
            file_->seen[at + disk_.random_() % sector_bytes] ^= static_cast<unsigned char>(1u << disk_.random_() % 8);
        file_->sectors[index] = sim_file::sector::dirty;
        if (works && how_ == file_access::append) {
            if (file_->durable.size() < at + sector_bytes)
                file_->durable.resize(at + sector_bytes);
            copy(index, file_->seen, file_->durable);
            file_->sectors[index] = sim_file::sector::clean;
        } else if (!works && !disk_.direct_ && disk_.chance(2)) {
            file_->sectors[index] = sim_file::sector::lost;
        }
    }

    static void copy(std::size_t sector, std::vector<unsigned char> const& from, std::vector<unsigned char>& to)
    {
        auto const at = sector * sector_bytes;
        if (at + sector_bytes <= from.size() && at + sector_bytes <= to.size())
            std::memcpy(to.data() + at, from.data() + at, sector_bytes);
    }

    sim_disk& disk_;
    std::shared_ptr<sim_file> const file_;
    file_access const how_;
};

class sim_directory final : public directory {
   public:
    explicit sim_directory(sim_disk& disk) : disk_(disk) {}
    ~sim_directory() override
    {
        if (holds_lock_)
            disk_.locked_ = false;
    }

    std::string const& path() const override { return path_; }
    bool direct() const override { return disk_.direct_; }

    result<void> lock() override
    {
        if (disk_.locked_)
            return failure{failure_kind::unavailable, "in use by another process"};
        disk_.locked_ = holds_lock_ = true;
        return {};
    }

    result<std::vector<std::string>> list() const override
    {
        if (disk_.next_call() != sim_disk::fate::works)
            return system_failure("list", EIO);
        return disk_.names();
    }

    bool exists(std::string const& name) const override { return disk_.seen_.contains(name); }

    result<std::unique_ptr<file>> open(std::string const& name, file_access how) override
    {
        if (disk_.next_call() != sim_disk::fate::works)
            return system_failure("open", EIO);
        bool const there = exists(name);
        if (how == file_access::fill && there)
            return system_failure("open", EEXIST);
        if (how != file_access::fill && !there)
            return system_failure("open", ENOENT);
        if (how == file_access::fill)
            disk_.change_names({{}, name, std::make_shared<sim_file>()});
        return std::make_unique<sim_handle>(disk_, disk_.seen_.at(name), how);
    }

    result<void> rename(std::string const& from, std::string const& to) override
    {
        if (disk_.next_call() != sim_disk::fate::works)
            return system_failure("rename", EIO);
        if (!exists(from))
            return system_failure("rename", ENOENT);
        disk_.change_names({from, to, disk_.seen_.at(from)});
        return {};
    }

    result<void> remove(std::string const& name) override
    {
        if (disk_.next_call() != sim_disk::fate::works)
            return system_failure("remove", EIO);
        if (!exists(name))
            return system_failure("remove", ENOENT);
        disk_.change_names({name, {}, nullptr});
        return {};
    }

    result<void> sync() override
    {
        if (disk_.next_call() != sim_disk::fate::works)
            return system_failure("sync", EIO);
        disk_.durable_ = disk_.seen_;
        disk_.unsynced_.clear();
        return {};
    }

   private:
    sim_disk& disk_;
    std::string const path_ = "sim";
    bool holds_lock_ = false;
};

std::unique_ptr<directory> sim_disk::attach()
{
    return std::make_unique<sim_directory>(*this);
}

void sim_disk::lose_power()
{
    heal();
    for (auto const& each : unsynced_)
        if (chance(2))
            apply(each, durable_);
    unsynced_.clear();
    seen_ = durable_;
    for (auto& [name, file] : seen_) {
        auto old = file->durable;
        if (chance(2))
            old.resize(file->seen.size());
        auto fresh = std::move(file->seen);
        file->seen = std::move(old);
        bool const all = chance(3);
        for (std::size_t i = 0; i < file->sectors.size(); ++i) {
            auto const at = i * sector_bytes;
            if (file->sectors[i] != sim_file::sector::dirty || (!all && chance(2)) ||
                at + sector_bytes > file->seen.size())
                continue;
            std::memcpy(file->seen.data() + at, fresh.data() + at, sector_bytes);
            if (!all && chance(4))
                file->seen[at + random_() % sector_bytes] ^= static_cast<unsigned char>(1u << random_() % 8);
        }
        file->durable = file->seen;
        file->sectors.assign(file->seen.size() / sector_bytes, sim_file::sector::clean);
    }
}

void sim_disk::fail_after(std::uint64_t n, std::uint64_t count)
{
    fail_from_ = calls_ + n;
    fail_until_ = count > none - fail_from_ ? none : fail_from_ + count;
}

void sim_disk::cut_after(std::uint64_t n)
{
    cut_at_ = calls_ + n;
}

sim_disk::fate sim_disk::next_call()
{
    auto const call = calls_++;
    if (call == cut_at_)
        return fate::torn;
    if (call > cut_at_)
        return fate::dead;
    return (call >= fail_from_ && call < fail_until_) ? fate::fails : fate::works;
}

void sim_disk::apply(change const& one, inodes& names)
{
    if (!one.erased.empty())
        names.erase(one.erased);
    if (one.to)
        names[one.set] = one.to;
}

void sim_disk::change_names(change one)
{
    apply(one, seen_);
    unsynced_.push_back(std::move(one));
}

std::uint64_t sim_disk::bytes() const
{
    std::uint64_t bytes = 0;
    for (auto const& [name, file] : seen_)
        bytes += file->seen.size();
    return bytes;
}

std::vector<std::string> sim_disk::names() const
{
    std::vector<std::string> names;
    for (auto const& [name, file] : seen_)
        names.push_back(name);
    return names;
}

std::uint64_t sim_disk::size(std::string const& name) const
{
    return seen_.at(name)->seen.size();
}

void sim_disk::flip_bit(std::string const& name, std::uint64_t offset, unsigned bit)
{
    auto& file = *seen_.at(name);
    file.seen.at(offset) ^= static_cast<unsigned char>(1u << bit);
    if (offset < file.durable.size())
        file.durable[offset] ^= static_cast<unsigned char>(1u << bit);
}

void sim_disk::truncate(std::string const& name, std::uint64_t size)
{
    auto& file = *seen_.at(name);
    file.resize(size);
    file.durable.resize(size);
}

void sim_disk::erase(std::string const& name)
{
    seen_.erase(name);
    durable_.erase(name);
}

}  // namespace bbstream::journal::test
