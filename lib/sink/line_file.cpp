#include "sink/line_file.hpp"

#include "observe/log.hpp"
#include "sink/failures.hpp"
#include "sink/line_scan.hpp"
#include "sink/rotated_names.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace bbstream::sink {

namespace {

// Large enough to make system calls rare, small enough to stay in the processor's cache.
constexpr std::size_t buffer_bytes_max = 256 * 1024;
constexpr std::uint64_t start_writing_bytes = 512 * 1024;

failure strange(std::string const& path, std::string const& why)
{
    return {failure_kind::permanent, path + ": not the file that the cursor beside it knows: " + why +
                                         "; put it back as it was, or move it away"};
}

result<unique_fd> open_locked(std::string const& path)
{
    unique_fd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640));
    if (!file)
        return away(path, errno);
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0)
        return taken(path);
    if (auto const synced = sync_directory(directory_of(path)); !synced)
        return failure{failure_kind::unavailable, synced.error().message};
    return file;
}

}  // namespace

line_file::line_file(std::string path, std::uint64_t size_max, std::uint32_t keep)
    : path_(std::move(path)), size_max_(size_max), keep_(keep)
{
}

result<void> line_file::open(extent const& durable, std::optional<std::uint32_t> epoch)
{
    file_.reset();
    buffer_.clear();
    buffer_first_.reset();
    buffer_last_.reset();
    auto file = open_locked(path_);
    if (!file)
        return file.error();
    file_ = std::move(*file);
    return recover(durable, epoch);
}

// How much of the current file the durable extent covers: all of its length, or nothing if it speaks of a predecessor.
result<std::uint64_t> line_file::known_length(extent const& durable, std::uint64_t size)
{
    if (!durable.first)
        return std::uint64_t{0};
    auto const first = first_mark(file_.get(), path_);
    if (!first)
        return first.error();
    if (*first == durable.first) {
        if (size < durable.length)
            return strange(path_,
                           "it has only " + std::to_string(size) + " of " + std::to_string(durable.length) + " bytes");
        return durable.length;
    }
    if (::access(rotated_name(path_, *durable.first).c_str(), F_OK) == 0)
        return std::uint64_t{0};
    if (size > 0)
        return strange(path_, "it begins with " + (*first ? mark_text(**first) : "something else") + ", not with " +
                                  mark_text(*durable.first));
    observe::warn("the file of events was moved or emptied by somebody else; a new one begins", {{"path", path_}});
    return std::uint64_t{0};
}

result<void> line_file::recover(extent const& durable, std::optional<std::uint32_t> epoch)
{
    struct stat about {};
    if (::fstat(file_.get(), &about) != 0)
        return away(path_, errno);
    auto const size = static_cast<std::uint64_t>(about.st_size);
    auto const known = known_length(durable, size);
    if (!known)
        return known.error();

    whole_lines tail{*known, std::nullopt, durable.last};
    if (epoch) {
        auto const found = scan_lines(file_.get(), path_, {*known, size}, {epoch, durable.last});
        if (!found)
            return found.error();
        tail = *found;
    }
    if (tail.end < size) {
        observe::warn("lines that a crash left behind are cut off and written again from the journal",
                      {{"path", path_}, {"bytes", size - tail.end}});
        if (::ftruncate(file_.get(), static_cast<off_t>(tail.end)) != 0)
            return away(path_, errno);
    }
    if (auto const again = write_again(file_.get(), path_, {*known, tail.end}); !again)
        return again;
    written_ = {tail.end, *known > 0 ? durable.first : tail.first, tail.last};
    return sync();
}

bool line_file::is_full_for(std::size_t line_bytes) const
{
    std::uint64_t const length = written_.length + buffer_.size();
    return length > 0 && length + line_bytes + 1 > size_max_;
}

bool line_file::has(mark const& at) const
{
    auto const& last = buffer_last_ ? buffer_last_ : written_.last;
    return last && at <= *last;
}

result<void> line_file::add(mark const& at, std::string_view line)
{
    if (!buffer_.empty() && buffer_.size() + line.size() >= buffer_bytes_max)
        if (auto const written = write_out(); !written)
            return written;
    buffer_ += line;
    buffer_ += '\n';
    if (!buffer_first_)
        buffer_first_ = at;
    buffer_last_ = at;
    return {};
}

// One system call for all lines that wait, so that a reader sees them together.
result<void> line_file::write_out()
{
    if (buffer_.empty())
        return {};
    if (auto const unchanged = check_unchanged(); !unchanged)
        return unchanged;
    std::size_t done = 0;
    while (done < buffer_.size()) {
        ssize_t const n = ::pwrite(file_.get(), buffer_.data() + done, buffer_.size() - done,
                                   static_cast<off_t>(written_.length + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return away(path_, n < 0 ? errno : ENOSPC);
        done += static_cast<std::size_t>(n);
    }
    written_.length += buffer_.size();
    unsynced_bytes_ += buffer_.size();
    unstarted_bytes_ += buffer_.size();
    start_writing();
    if (!written_.first)
        written_.first = buffer_first_;
    written_.last = buffer_last_;
    buffer_.clear();
    buffer_first_.reset();
    buffer_last_.reset();
    return {};
}

// The disk gets what was written soon and evenly: then a sync finds little to do, and does not stand in the way of the
// journal, which often is on the same disk.
void line_file::start_writing()
{
    if (unstarted_bytes_ < start_writing_bytes)
        return;
    (void)::sync_file_range(file_.get(), static_cast<off_t>(written_.length - unstarted_bytes_),
                            static_cast<off_t>(unstarted_bytes_), SYNC_FILE_RANGE_WRITE);
    unstarted_bytes_ = 0;
}

result<void> line_file::check_unchanged() const
{
    struct stat about {};
    if (::fstat(file_.get(), &about) != 0)
        return away(path_, errno);
    if (about.st_nlink == 0 || static_cast<std::uint64_t>(about.st_size) != written_.length)
        return failure{failure_kind::unavailable, path_ + ": somebody else has changed or removed it"};
    return {};
}

result<void> line_file::sync()
{
    if (::fdatasync(file_.get()) != 0)
        return away(path_, errno);
    unsynced_bytes_ = 0;
    unstarted_bytes_ = 0;
    return {};
}

result<void> line_file::rotate()
{
    auto const aside = rotated_name(path_, *written_.first);
    if (::access(aside.c_str(), F_OK) == 0)
        return failure{failure_kind::unavailable, aside + ": is in the way of the full " + path_ + "; move it away"};
    if (::rename(path_.c_str(), aside.c_str()) != 0)
        return away(path_, errno);
    auto fresh = open_locked(path_);
    if (!fresh)
        return fresh.error();
    file_ = std::move(*fresh);
    written_.length = 0;
    written_.first.reset();
    remove_oldest();
    return {};
}

void line_file::remove_oldest() const
{
    if (keep_ == 0)
        return;
    auto const full = rotated_files(path_);
    if (!full) {
        observe::warn("full files of events can't be listed, so none is removed", {{"error", full.error().message}});
        return;
    }
    for (std::size_t at = 0; at + keep_ < full->size(); ++at)
        if (::unlink((*full)[at].c_str()) != 0)
            observe::warn("a full file of events can't be removed",
                          {{"error", system_failure((*full)[at], errno).message}});
}

}  // namespace bbstream::sink
