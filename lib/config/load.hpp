// From a TOML file to a configuration that is valid as a whole.
#pragma once

#include "base/failure.hpp"
#include "config/config.hpp"

#include <set>
#include <string>
#include <string_view>

namespace bbstream::config {

// A file larger than this is none of ours.
inline constexpr std::size_t file_bytes_max = 1024 * 1024;

// Errors: io; invalid, with every problem of the file as a line of its own: "path:12: ingest.listen: what".
result<config> load(std::string const& path);

// The same from text; `name` stands for the path in messages.
result<config> parse(std::string_view text, std::string const& name);

// Every key that a file may have, as in messages ("ingest.tls.key"). Beside them [kafka] takes librdkafka's.
std::set<std::string> known_keys();

}  // namespace bbstream::config
