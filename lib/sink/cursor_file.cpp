#include "sink/cursor_file.hpp"

#include "base/crc32c.hpp"
#include "base/hex.hpp"
#include "sink/failures.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>

namespace bbstream::sink {

namespace {

constexpr std::string_view magic = "bbstream-cursor/1";
constexpr std::size_t slot_size = 512;
constexpr off_t slot_distance = 4096;  // no write of one slot touches a block of the other
constexpr std::string_view none = "-";

// In the order of a slot. The optional ones end it where either of them ever had a line.
constexpr std::array usual_kinds = {line_kind::events, line_kind::dead_letters};
constexpr std::array optional_kinds = {line_kind::spans, line_kind::cdevents};

void append_mark(std::string& out, std::optional<mark> const& from)
{
    out += ' ';
    out += from ? mark_text(*from) : std::string(none);
}

void append_extent(std::string& out, extent const& from)
{
    out += ' ' + std::to_string(from.length);
    append_mark(out, from.first);
    append_mark(out, from.last);
}

std::string checksum(std::string_view text)
{
    std::uint32_t const crc = crc32c(0, text.data(), text.size());
    unsigned char const bytes[] = {static_cast<unsigned char>(crc >> 24), static_cast<unsigned char>(crc >> 16),
                                   static_cast<unsigned char>(crc >> 8), static_cast<unsigned char>(crc)};
    return to_hex(bytes);
}

// Words separated by one space each. What does not fit makes it bad for good.
class words {
   public:
    explicit words(std::string_view text) : left_(text) {}

    std::string_view word()
    {
        auto const space = left_.find(' ');
        auto const next = left_.substr(0, space);
        left_ = space == std::string_view::npos ? std::string_view() : left_.substr(space + 1);
        good_ = good_ && !next.empty();
        return next;
    }

    template <class Number>
    Number number()
    {
        auto const text = word();
        Number value{};
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        good_ = good_ && error == std::errc() && end == text.data() + text.size();
        return value;
    }

    std::optional<mark> optional_mark()
    {
        auto const text = word();
        if (text == none)
            return std::nullopt;
        auto const read = parse_mark(text);
        good_ = good_ && read;
        return read;
    }

    extent file_extent()
    {
        extent read;
        read.length = number<std::uint64_t>();
        read.first = optional_mark();
        read.last = optional_mark();
        return read;
    }

    journal::identity identity()
    {
        journal::identity read{};
        good_ = from_hex(word(), read) && good_;
        return read;
    }

    bool ended() const { return left_.empty(); }
    bool whole() const { return good_ && ended(); }

   private:
    std::string_view left_;
    bool good_ = true;
};

struct found_slot {
    std::uint64_t generation = 0;
    file_cursor cursor;
};

result<std::optional<found_slot>> newest_slot(int file, std::string const& path)
{
    std::optional<found_slot> newest;
    std::array<char, slot_size> slot;
    for (off_t at : {off_t{0}, slot_distance}) {
        ssize_t const n = ::pread(file, slot.data(), slot.size(), at);
        if (n < 0)
            return away(path, errno);
        auto read = parse_slot({slot.data(), static_cast<std::size_t>(n)});
        if (read && (!newest || read->first > newest->generation))
            newest = found_slot{read->first, std::move(read->second)};
    }
    return newest;
}

}  // namespace

std::string slot_text(file_cursor const& from, std::uint64_t generation)
{
    std::string text(magic);
    text += ' ' + std::to_string(generation);
    text += ' ' + to_hex(from.published.journal);
    text += ' ' + std::to_string(from.published.epoch);
    text += ' ' + std::to_string(from.published.sequence);
    text += ' ' + (from.boot.empty() ? std::string(none) : from.boot);
    for (auto const each : usual_kinds)
        append_extent(text, from.lines[index_of(each)]);
    if (std::ranges::any_of(optional_kinds, [&](auto each) { return from.lines[index_of(each)] != extent{}; }))
        for (auto const each : optional_kinds)
            append_extent(text, from.lines[index_of(each)]);
    text += ' ' + checksum(text);
    text += '\n';
    return text;
}

std::optional<std::pair<std::uint64_t, file_cursor>> parse_slot(std::string_view text)
{
    auto const end = text.find('\n');
    if (end == std::string_view::npos)
        return std::nullopt;
    text = text.substr(0, end);
    auto const before_checksum = text.rfind(' ');
    if (before_checksum == std::string_view::npos ||
        text.substr(before_checksum + 1) != checksum(text.substr(0, before_checksum)))
        return std::nullopt;

    words from(text.substr(0, before_checksum));
    if (from.word() != magic)
        return std::nullopt;
    file_cursor read;
    auto const generation = from.number<std::uint64_t>();
    read.published.journal = from.identity();
    read.published.epoch = from.number<std::uint32_t>();
    read.published.sequence = from.number<std::uint64_t>();
    read.boot = from.word();
    if (read.boot == none)
        read.boot.clear();
    for (auto const each : usual_kinds)
        read.lines[index_of(each)] = from.file_extent();
    if (!from.ended())
        for (auto const each : optional_kinds)
            read.lines[index_of(each)] = from.file_extent();
    if (!from.whole())
        return std::nullopt;
    return std::pair(generation, std::move(read));
}

result<std::optional<file_cursor>> cursor_file::open()
{
    unique_fd file(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640));
    if (!file)
        return away(path_, errno);
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0)
        return taken(path_);
    // Space for both slots now, so that a full disk can't stop the cursor later.
    if (int const error = ::posix_fallocate(file.get(), 0, slot_distance + off_t{slot_size}); error != 0)
        return away(path_, error);

    auto newest = newest_slot(file.get(), path_);
    if (!newest)
        return newest.error();
    file_ = std::move(file);
    if (!*newest)
        return std::optional<file_cursor>();
    generation_ = (*newest)->generation;
    return std::optional(std::move((*newest)->cursor));
}

result<std::optional<file_cursor>> look_at_cursor(std::string const& path)
{
    unique_fd const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file && errno == ENOENT)
        return std::optional<file_cursor>();
    if (!file)
        return away(path, errno);
    auto newest = newest_slot(file.get(), path);
    if (!newest)
        return newest.error();
    return *newest ? std::optional(std::move((*newest)->cursor)) : std::nullopt;
}

result<void> cursor_file::write(file_cursor const& next)
{
    std::string text = slot_text(next, generation_ + 1);
    text.resize(slot_size, '\n');
    off_t const at = (generation_ + 1) % 2 == 0 ? 0 : slot_distance;
    ssize_t const n = ::pwrite(file_.get(), text.data(), text.size(), at);
    if (n != static_cast<ssize_t>(text.size()))
        return away(path_, n < 0 ? errno : ENOSPC);
    if (::fdatasync(file_.get()) != 0)
        return away(path_, errno);
    ++generation_;
    return {};
}

}  // namespace bbstream::sink
