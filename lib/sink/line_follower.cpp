#include "sink/line_follower.hpp"

#include "sink/rotated_names.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>
#include <vector>

namespace bbstream::sink {

namespace {

constexpr std::size_t block_bytes = 64 * 1024;

struct found_lines {
    std::uint64_t begin = 0;  // of the first of them
    std::uint64_t count = 0;
};

// The last whole lines begin after the line break that is the one too many, seen from the end.
result<found_lines> find_last(int file, std::string const& path, std::uint64_t wanted)
{
    struct stat about {};
    if (::fstat(file, &about) != 0)
        return system_failure(path, errno);
    std::array<char, block_bytes> block;
    std::uint64_t breaks = 0;
    for (auto end = static_cast<std::uint64_t>(about.st_size); end > 0;) {
        std::uint64_t const begin = end > block.size() ? end - block.size() : 0;
        auto const got = ::pread(file, block.data(), end - begin, static_cast<off_t>(begin));
        if (got != static_cast<ssize_t>(end - begin))
            return got < 0 ? system_failure(path, errno) : failure{failure_kind::io, path + ": it became shorter"};
        for (std::uint64_t at = end; at-- > begin;)
            if (block[at - begin] == '\n' && ++breaks > wanted)
                return found_lines{at + 1, wanted};
        end = begin;
    }
    return found_lines{0, breaks};
}

std::vector<std::string> all_files(std::string const& path)
{
    auto rotated = rotated_files(path);
    auto files = rotated ? std::move(*rotated) : std::vector<std::string>();
    files.push_back(path);
    return files;
}

}  // namespace

result<void> line_follower::seek_last(std::uint64_t count)
{
    auto const files = all_files(path_);
    std::uint64_t missing = count;
    for (std::size_t at = files.size(); at-- > 0;) {
        if (!open(files[at], 0))
            continue;
        if (count == 0)
            continue;
        auto const found = find_last(file_.get(), files[at], missing);
        if (!found)
            return found.error();
        offset_ = found->begin;
        missing -= std::min(missing, found->count);
        if (missing == 0)
            return {};
    }
    return {};
}

result<std::optional<std::string>> line_follower::next()
{
    for (;;) {
        if (auto const end = buffer_.find('\n'); end != std::string::npos) {
            auto line = buffer_.substr(0, end);
            buffer_.erase(0, end + 1);
            return std::optional(std::move(line));
        }
        if (buffer_.size() > followed_line_bytes_max)
            return failure{failure_kind::invalid, path_ + ": a line is too long to be an event"};
        bool const full = is_full();  // asked before reading: what was written before the rotation is still read
        auto const more = fill();
        if (!more)
            return more.error();
        if (!*more && !(full && open_successor()))
            return std::optional<std::string>();
    }
}

bool line_follower::open(std::string const& path, std::uint64_t offset)
{
    unique_fd opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat about {};
    if (!opened || ::fstat(opened.get(), &about) != 0)
        return false;
    file_ = std::move(opened);
    inode_ = about.st_ino;
    offset_ = offset;
    buffer_.clear();
    return true;
}

// Whether more of the current file could be read.
result<bool> line_follower::fill()
{
    if (!file_)
        return open(path_, 0);
    struct stat about {};
    if (::fstat(file_.get(), &about) != 0)
        return system_failure(path_, errno);
    if (static_cast<std::uint64_t>(about.st_size) < offset_) {
        offset_ = static_cast<std::uint64_t>(about.st_size);
        buffer_.clear();
    }
    std::array<char, block_bytes> block;
    auto const got = ::pread(file_.get(), block.data(), block.size(), static_cast<off_t>(offset_));
    if (got < 0)
        return system_failure(path_, errno);
    buffer_.append(block.data(), static_cast<std::size_t>(got));
    offset_ += static_cast<std::uint64_t>(got);
    return got > 0;
}

// Whether the current file has given way to another one.
bool line_follower::is_full() const
{
    struct stat about {};
    return file_ && ::stat(path_.c_str(), &about) == 0 && about.st_ino != inode_;
}

bool line_follower::open_successor()
{
    auto const files = all_files(path_);
    auto const is_current = [this](std::string const& file) {
        struct stat of {};
        return ::stat(file.c_str(), &of) == 0 && of.st_ino == inode_;
    };
    auto const current = std::find_if(files.begin(), files.end(), is_current);
    return open(current == files.end() || current + 1 == files.end() ? path_ : *(current + 1), 0);
}

}  // namespace bbstream::sink
