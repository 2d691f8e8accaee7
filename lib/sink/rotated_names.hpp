// The names of files beside that of the events, events.jsonl: full ones are events.{first sequence}.jsonl, the cursor
// is events.cursor, dead letters go to dlq.jsonl, and each replay makes a file of its own.
#pragma once

#include "base/failure.hpp"
#include "base/time.hpp"
#include "sink/mark.hpp"

#include <string>
#include <vector>

namespace bbstream::sink {

// The directory a path lies in; "." where it names none.
std::string directory_of(std::string const& path);

std::string cursor_path(std::string const& events);
std::string dead_letter_path(std::string const& events);
// replay.20260824T100000.041000Z.jsonl
std::string replay_path(std::string const& events, micros now);
// dlq.replay.20260824T100000.041000Z.jsonl
std::string replayed_dead_letter_path(std::string const& events, micros now);

std::string rotated_name(std::string const& path, mark const& first);

// All full files of `path`, oldest first, with their paths. Errors: io.
result<std::vector<std::string>> rotated_files(std::string const& path);

}  // namespace bbstream::sink
