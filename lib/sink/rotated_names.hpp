// The names of files beside one of lines, events.jsonl: full ones are events.{first sequence}.jsonl, the cursor is
// events.cursor.
#pragma once

#include "base/failure.hpp"
#include "sink/mark.hpp"

#include <optional>
#include <string>
#include <vector>

namespace bbstream::sink {

// The directory a path lies in; "." where it names none.
std::string directory_of(std::string const& path);

std::string cursor_path(std::string const& events);

std::string rotated_name(std::string const& path, mark const& first);

// The mark of the first line, by the name of a full file of `path`; nothing where the file is another.
std::optional<mark> mark_in_name(std::string const& path, std::string const& full);

// All full files of `path`, oldest first, with their paths. Errors: io.
result<std::vector<std::string>> rotated_files(std::string const& path);

}  // namespace bbstream::sink
