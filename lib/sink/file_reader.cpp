#include "sink/file_reader.hpp"

#include "sink/cursor_file.hpp"
#include "sink/line_kind.hpp"
#include "sink/rotated_names.hpp"

#include <utility>

namespace bbstream::sink {

file_reader::file_reader(config::sink const& from, event::topic_set const& topics)
    : path_(from.file_path), topics_(topics)
{
}

// The cursor first: what it covers is in the files then.
result<stored_cursor> file_reader::open()
{
    auto const cursor = look_at_cursor(cursor_path(path_));
    if (!cursor)
        return cursor.error();
    sources_.clear();
    lines_.clear();
    for (auto const kind : line_kinds)
        if (auto const topics = topics_of(kind, topics_); topics.any())
            sources_.push_back({path_of(kind, path_), topics});
    for (auto& each : sources_) {
        lines_.push_back({line_follower(each.name), {}});
        if (auto const placed = lines_.back().follower.seek_last(0); !placed)
            return placed.error();
        each.begins_at = oldest_mark(each.name);
        each.begins_late = each.begins_at.has_value();
    }
    return *cursor ? stored_cursor((*cursor)->published) : stored_cursor();
}

// The sink removes the oldest full file once there are too many, but never the newest: without a full one nothing is
// removed. What the oldest one begins with stands in its name. `keep` tells nothing, for it may have been another one.
// Asked for after the files are open: what the sink removes in between comes before the mark.
std::optional<mark> file_reader::oldest_mark(std::string const& path)
{
    auto const full = rotated_files(path);
    return full && !full->empty() ? mark_in_name(path, full->front()) : std::nullopt;
}

result<std::optional<read_event>> file_reader::next(std::size_t source)
{
    auto& from = lines_[source];
    auto line = from.follower.next();
    if (!line)
        return line.error();
    if (!*line)
        return std::optional<read_event>();
    from.line = std::move(**line);
    return std::optional(read_event{from.line, std::nullopt, std::nullopt});
}

}  // namespace bbstream::sink
