#include "daemon/command/event_text.hpp"

#include "daemon/command/terminal.hpp"

#include <simdjson.h>

#include <algorithm>

namespace bbstream::command {

namespace {

namespace dom = simdjson::dom;

constexpr std::size_t summary_bytes_max = 72;
constexpr std::size_t subject_bytes_max = 28;

std::string_view text(dom::element const& from, char const* pointer)
{
    std::string_view value;
    return from.at_pointer(pointer).get(value) == simdjson::SUCCESS ? value : std::string_view();
}

// At most so many bytes, cut between characters.
std::string shortened(std::string_view line, std::size_t bytes_max)
{
    if (line.size() <= bytes_max)
        return std::string(line);
    auto end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xc0) == 0x80)
        --end;
    return std::string(line.substr(0, end)) + "…";
}

std::string short_sha(std::string_view sha)
{
    return sha.empty() ? "-" : std::string(sha.substr(0, 12));
}

std::string summary(dom::element const& event, std::string_view type)
{
    if (type.starts_with("ref."))
        return short_sha(text(event, "/data/oldSha")) + ".." + short_sha(text(event, "/data/newSha"));
    auto const message = text(event, "/data/commit/message");
    if (type == "commit.added")
        return shortened(message.substr(0, message.find('\n')), summary_bytes_max);
    if (type == "unknown.received")
        return std::string(text(event, "/data/eventKey")) + ": " + std::string(text(event, "/data/reason"));
    return {};
}

std::string when(std::string_view time)
{
    if (time.size() < 19)
        return std::string(time);
    return std::string(time.substr(0, 10)) + ' ' + std::string(time.substr(11, 8));
}

std::string padded(std::string value, std::size_t width)
{
    value.resize(std::max(width, value.size()), ' ');
    return value;
}

std::string in_color(std::string const& value, char const* code, bool colored)
{
    return colored ? std::string("\x1b[") + code + "m" + value + "\x1b[0m" : value;
}

}  // namespace

std::string event_text(std::string_view json, bool colored)
{
    dom::parser parser;
    dom::element event;
    simdjson::padded_string const padded_json(json);
    if (parser.parse(padded_json).get(event) != simdjson::SUCCESS || text(event, "/specversion").empty())
        return harmless(json);

    auto type = text(event, "/type");
    if (type.starts_with("dev.bbstream."))
        type.remove_prefix(13);
    if (type.size() > 3 && type.substr(type.size() - 3, 2) == ".v")
        type.remove_suffix(3);
    auto repository = text(event, "/data/repository/fullName");
    if (repository.empty())
        repository = text(event, "/partitionkey");

    return in_color(harmless(when(text(event, "/time"))), "2", colored) + "  " +
           in_color(padded(harmless(type), 16), "1;36", colored) + "  " + padded(harmless(repository), 20) + "  " +
           padded(shortened(harmless(text(event, "/subject")), subject_bytes_max), 24) + "  " +
           harmless(summary(event, type));
}

}  // namespace bbstream::command
