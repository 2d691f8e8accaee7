// The file sink's cursor on disk: how far the journal is out, and how far each file of lines is known to be durable.
//
// Two slots of text in one file, written in turn, each with a generation and a CRC-32C: a torn write damages one slot,
// and the other still holds the cursor before it. The file is never replaced, so its lock stands for the sink's.
#pragma once

#include "base/file.hpp"
#include "sink/line_kind.hpp"
#include "sink/mark.hpp"
#include "sink/sink.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bbstream::sink {

// What is durable of one file of lines.
struct extent {
    std::uint64_t length = 0;   // bytes of the current file
    std::optional<mark> first;  // of the current file: none while it is empty
    std::optional<mark> last;   // of this file or its predecessors
    friend bool operator==(extent const&, extent const&) = default;
};

struct file_cursor {
    cursor published;
    of_each_kind<extent> lines;
    std::string boot;  // the kernel's boot id: another one means that what was not durable is not to be trusted
};

// One slot's text, line break included; parse_slot gives nothing for anything but what slot_text made.
std::string slot_text(file_cursor const& from, std::uint64_t generation);
std::optional<std::pair<std::uint64_t, file_cursor>> parse_slot(std::string_view text);

// The newest valid slot of a file that a sink may be writing; nothing when there is none, or no file. Takes no lock.
// Errors: unavailable.
result<std::optional<file_cursor>> look_at_cursor(std::string const& path);

class cursor_file {
   public:
    explicit cursor_file(std::string path) : path_(std::move(path)) {}

    // Opens or creates it, locks it, and reads the newest valid slot; nothing when none is.
    // Errors: permanent: another process holds it; unavailable: a system call failed.
    result<std::optional<file_cursor>> open();
    bool is_open() const { return static_cast<bool>(file_); }

    // Durable when it returns. Errors: unavailable; the cursor before it is then still there.
    result<void> write(file_cursor const& next);

   private:
    std::string path_;
    unique_fd file_;
    std::uint64_t generation_ = 0;
};

}  // namespace bbstream::sink
