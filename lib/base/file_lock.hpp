// Locks between processes: a file beside what they guard, held until its descriptor is closed or the process ends.
#pragma once

#include "base/file.hpp"

namespace bbstream {

// Waits for whoever holds it: for what takes moments. Errors: io.
result<unique_fd> lock_file(std::string const& path);

// None where another holds it. Errors: io.
result<unique_fd> try_lock_file(std::string const& path);

}  // namespace bbstream
