#include "sink/line_kind.hpp"

#include <filesystem>
#include <string_view>

namespace bbstream::sink {

namespace {

namespace fs = std::filesystem;

// Of the file's name; nothing for the events', which has its own.
std::string_view stem_of(line_kind which)
{
    switch (which) {
        case line_kind::dead_letters:
            return "dlq";
        case line_kind::spans:
            return "otlpspans";
        case line_kind::cdevents:
            return "cdevents";
        case line_kind::events:
            break;
    }
    return {};
}

}  // namespace

line_kind kind_of(event::topic which)
{
    switch (which) {
        case event::topic::dlq:
            return line_kind::dead_letters;
        case event::topic::otlpspans:
            return line_kind::spans;
        case event::topic::cdevents:
            return line_kind::cdevents;
        default:
            return line_kind::events;
    }
}

event::topic_set topics_of(line_kind which, event::topic_set const& among)
{
    event::topic_set topics;
    for (std::size_t at = 0; at < topics.size(); ++at)
        topics.set(at, among.test(at) && kind_of(static_cast<event::topic>(at)) == which);
    return topics;
}

std::string path_of(line_kind which, std::string const& events)
{
    auto const stem = stem_of(which);
    return stem.empty() ? events : fs::path(events).replace_filename(std::string(stem) + ".jsonl").string();
}

std::string replay_path_of(line_kind which, std::string const& events, micros now)
{
    std::string time;
    append_rfc3339(time, now);
    std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
    auto const stem = stem_of(which);
    std::string name(stem);
    name += stem.empty() ? "replay." : ".replay.";
    return fs::path(events).replace_filename(name + time + ".jsonl").string();
}

}  // namespace bbstream::sink
