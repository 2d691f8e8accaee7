// One file of lines that grows, is taken up again after a crash, and gives way to a new one when it is full.
#pragma once

#include "base/file.hpp"
#include "sink/cursor_file.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bbstream::sink {

// Order of use: open, then add, write_out, sync and rotate in any order; after any failure only open.
class line_file {
   public:
    // size_max in bytes; keep: how many full files stay, 0 for all.
    line_file(std::string path, std::uint64_t size_max, std::uint32_t keep);

    // Takes the file up from what is known to be durable. With `epoch` the whole lines of that epoch beyond it are kept
    // and made durable, without it everything beyond is cut off. Nothing is ever cut that `durable` covers.
    // Errors: unavailable; permanent: somebody else writes it, or it is not the file that the cursor knows.
    result<void> open(extent const& durable, std::optional<std::uint32_t> epoch);

    // Whether a line of so many bytes needs a new file before it.
    bool is_full_for(std::size_t line_bytes) const;
    // Whether the line of this mark is already there.
    bool has(mark const& at) const;
    // Takes a line that is not there yet, without its line break; it is written at the latest by write_out().
    // Errors: unavailable.
    result<void> add(mark const& at, std::string_view line);
    result<void> write_out();
    // Errors: unavailable.
    result<void> sync();
    // Puts the full file aside and begins a new one. All of it must be synced, and a durable cursor must say so: at
    // most one rotation lies beyond a cursor.
    result<void> rotate();

    // What is written, durable or not.
    extent const& written() const { return written_; }
    std::uint64_t unsynced_bytes() const { return unsynced_bytes_; }

   private:
    result<std::uint64_t> known_length(extent const& durable, std::uint64_t size);
    result<void> recover(extent const& durable, std::optional<std::uint32_t> epoch);
    void start_writing();
    result<void> check_unchanged() const;
    void remove_oldest() const;

    std::string const path_;
    std::uint64_t const size_max_;
    std::uint32_t const keep_;
    unique_fd file_;
    extent written_;
    std::uint64_t unsynced_bytes_ = 0;
    std::uint64_t unstarted_bytes_ = 0;  // of these, what the disk has not been told to write yet
    std::string buffer_;                 // whole lines that come after written_
    std::optional<mark> buffer_first_;
    std::optional<mark> buffer_last_;
};

}  // namespace bbstream::sink
