#include "sink/line_scan.hpp"

#include "sink/failures.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace bbstream::sink {

namespace {

constexpr std::uint64_t block_size = 256 * 1024;
constexpr std::size_t line_bytes_max = 16 * 1024 * 1024;  // no event is nearly as long

// Appends up to a block from `at` on; 0 at the end of the range or of the file.
result<std::size_t> read_block(int file, std::string const& path, std::uint64_t at, std::uint64_t end, std::string& to)
{
    std::size_t const before = to.size();
    to.resize(before + static_cast<std::size_t>(std::min(block_size, end - at)));
    ssize_t n = 0;
    do
        n = ::pread(file, to.data() + before, to.size() - before, static_cast<off_t>(at));
    while (n < 0 && errno == EINTR);
    to.resize(before + static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
    if (n < 0)
        return away(path, errno);
    return static_cast<std::size_t>(n);
}

bool fits(std::optional<mark> const& next, expected_lines const& expected, std::optional<mark> const& last)
{
    return next && (!expected.epoch || next->epoch == *expected.epoch) && (!last || *next > *last);
}

}  // namespace

result<whole_lines> scan_lines(int file, std::string const& path, line_range range, expected_lines const& expected)
{
    whole_lines found{range.begin, std::nullopt, expected.after};
    std::string bytes;  // from found.end on
    for (;;) {
        auto const read = read_block(file, path, found.end + bytes.size(), range.end, bytes);
        if (!read)
            return read.error();
        std::size_t begin = 0;
        for (auto end = bytes.find('\n'); end != std::string::npos; end = bytes.find('\n', begin)) {
            auto const next = mark_of_line(std::string_view(bytes).substr(begin, end - begin));
            if (!fits(next, expected, found.last))
                return found;
            if (!found.first)
                found.first = next;
            found.last = next;
            found.end += end + 1 - begin;
            begin = end + 1;
        }
        bytes.erase(0, begin);
        if (*read == 0 || bytes.size() > line_bytes_max)
            return found;
    }
}

result<std::optional<mark>> first_mark(int file, std::string const& path)
{
    std::string bytes;
    for (;;) {
        auto const read = read_block(file, path, bytes.size(), line_bytes_max, bytes);
        if (!read)
            return read.error();
        auto const end = bytes.find('\n');
        if (end != std::string::npos)
            return mark_of_line(std::string_view(bytes).substr(0, end));
        if (*read == 0)
            return std::optional<mark>();
    }
}

result<void> write_again(int file, std::string const& path, line_range range)
{
    std::string bytes;
    for (std::uint64_t at = range.begin; at < range.end;) {
        bytes.clear();
        auto const read = read_block(file, path, at, range.end, bytes);
        if (!read)
            return read.error();
        ssize_t const n = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (n <= 0)
            return away(path, n < 0 ? errno : ENOSPC);
        at += static_cast<std::uint64_t>(n);
    }
    return {};
}

}  // namespace bbstream::sink
