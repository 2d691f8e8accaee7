// Reading the file sink's lines from outside, across rotation, while they are written.
#pragma once

#include "base/failure.hpp"
#include "base/file.hpp"

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

namespace bbstream::sink {

// Lines longer than this are none of ours.
inline constexpr std::size_t followed_line_bytes_max = 4 * 1024 * 1024;

class line_follower {
   public:
    explicit line_follower(std::string path) : path_(std::move(path)) {}

    // Goes to the last `count` whole lines of all files, rotated ones included; 0: to the first of all. Errors: io.
    result<void> seek_last(std::uint64_t count);

    // The next whole line without its line break; nothing when there is none yet. A torn line waits for its end; lines
    // that the sink cut off after a crash are forgotten. Errors: io; invalid for a line that is too long.
    result<std::optional<std::string>> next();

   private:
    bool open(std::string const& path, std::uint64_t offset);
    result<bool> fill();
    bool is_full() const;
    bool open_successor();

    std::string const path_;
    unique_fd file_;
    ino_t inode_ = 0;
    std::uint64_t offset_ = 0;  // of what was read into buffer_
    std::string buffer_;        // read, not yet given
};

}  // namespace bbstream::sink
