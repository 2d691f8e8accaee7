// Reading records in order of sequence: from memory while the reader follows, else from disk.
#pragma once

#include "journal/directory.hpp"
#include "journal/log_view.hpp"

namespace bbstream::journal {

// As journal::read_after: whole frames, until they have bytes_max or the segment ends. Blocking; any thread.
result<read_batch> read_after(directory& in, log_view& view, std::uint64_t after, std::size_t bytes_max);

}  // namespace bbstream::journal
