// A webhook's body from a file, or from standard input.
#pragma once

#include "base/failure.hpp"

#include <string>

namespace bbstream::command {

// Of a body that is read here; far more than Bitbucket sends.
inline constexpr std::size_t body_bytes_max = 64 * 1024 * 1024;

// An empty `file` is standard input. Errors: io; invalid when it is larger than body_bytes_max.
result<std::string> read_body(std::string const& file);

}  // namespace bbstream::command
