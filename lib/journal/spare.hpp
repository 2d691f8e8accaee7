// The next segment's file, made ahead of its use: full of zeros, so that writing it changes no metadata.
#pragma once

#include "journal/directory.hpp"

#include <atomic>
#include <cstdint>
#include <memory>

namespace bbstream::journal {

struct spare {
    std::unique_ptr<file> opened;  // with file_access::append
    std::uint64_t capacity = 0;
};

// Makes the file `spare`, replacing one that is there. A failure, or `stop`, leaves none behind. Blocking; any thread.
result<spare> make_spare(directory& in, std::uint64_t capacity, std::atomic<bool> const& stop);

}  // namespace bbstream::journal
