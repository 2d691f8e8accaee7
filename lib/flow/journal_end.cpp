#include "flow/journal_end.hpp"

#include "base/file.hpp"
#include "base/hex.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <optional>
#include <string_view>

namespace bbstream::flow {

namespace {

constexpr std::size_t note_bytes_max = 256;

// "IDENTITY LAST" and a line feed; nothing where it is of another journal, or no such note.
std::optional<std::uint64_t> read_note(std::string_view text, std::string_view journal)
{
    if (!text.starts_with(journal) || !text.ends_with('\n'))
        return std::nullopt;
    text.remove_prefix(journal.size());
    text.remove_suffix(1);
    std::uint64_t last = 0;
    if (!text.starts_with(' '))
        return std::nullopt;
    auto const [end, failed] = std::from_chars(text.data() + 1, text.data() + text.size(), last);
    return failed == std::errc() && end == text.data() + text.size() ? std::optional(last) : std::nullopt;
}

}  // namespace

journal_end::journal_end(std::string const& directory, journal::identity const& journal)
    : directory_(directory), file_(directory + "/journal-end"), journal_(to_hex(journal))
{
}

result<void> journal_end::note(std::uint64_t last)
{
    last_ = last;
    if (::access(file_.c_str(), F_OK) == 0) {
        auto const text = read_file(file_, note_bytes_max);
        if (!text && text.error().kind == failure_kind::io)
            return text.error();
        if (auto const before = text ? read_note(*text, journal_) : std::nullopt)
            last_ = std::min(last, *before);
    }
    return replace_file(file_, journal_ + ' ' + std::to_string(last_) + '\n');
}

result<void> journal_end::forget()
{
    if (::unlink(file_.c_str()) != 0 && errno != ENOENT)
        return system_failure("unlink " + file_, errno);
    return sync_directory(directory_);
}

}  // namespace bbstream::flow
