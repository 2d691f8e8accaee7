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

struct noted_end {
    std::uint64_t last = 0;
    std::uint64_t applied = 0;
};

// " NUMBER" in front of the text, which loses it.
std::optional<std::uint64_t> take_number(std::string_view& text)
{
    std::uint64_t number = 0;
    if (!text.starts_with(' '))
        return std::nullopt;
    auto const [end, failed] = std::from_chars(text.data() + 1, text.data() + text.size(), number);
    if (failed != std::errc())
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

// "IDENTITY LAST APPLIED" and a line feed; nothing where it is of another journal, or no such note.
std::optional<noted_end> read_note(std::string_view text, std::string_view journal)
{
    if (!text.starts_with(journal))
        return std::nullopt;
    text.remove_prefix(journal.size());
    auto const last = take_number(text);
    auto const applied = take_number(text);
    return last && applied && text == "\n" ? std::optional(noted_end{*last, *applied}) : std::nullopt;
}

}  // namespace

journal_end::journal_end(std::string const& directory, journal::identity const& journal)
    : directory_(directory), file_(directory + "/journal-end"), journal_(to_hex(journal))
{
}

result<void> journal_end::note(std::uint64_t last, std::uint64_t applied)
{
    last_ = last;
    if (::access(file_.c_str(), F_OK) == 0) {
        auto const text = read_file(file_, note_bytes_max);
        if (!text && text.error().kind == failure_kind::io)
            return text.error();
        auto const before = text ? read_note(*text, journal_) : std::nullopt;
        if (before && applied <= before->applied)
            last_ = std::min(last, before->last);
    }
    return replace_file(file_, journal_ + ' ' + std::to_string(last_) + ' ' + std::to_string(applied) + '\n');
}

result<void> journal_end::forget()
{
    if (::unlink(file_.c_str()) != 0 && errno != ENOENT)
        return system_failure("unlink " + file_, errno);
    return sync_directory(directory_);
}

}  // namespace bbstream::flow
