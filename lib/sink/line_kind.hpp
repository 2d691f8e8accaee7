// Which events share a file of the sink `file`, and its name: events.jsonl, which the configuration names, and
// dlq.jsonl, otlpspans.jsonl and cdevents.jsonl beside it.
#pragma once

#include "base/time.hpp"
#include "event/batch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace bbstream::sink {

// In the order in which they are written: a line of an event means that what belongs to it is out too.
enum class line_kind : std::uint8_t { dead_letters, spans, cdevents, events };

inline constexpr std::size_t line_kind_count = static_cast<std::size_t>(line_kind::events) + 1;
inline constexpr std::array<line_kind, line_kind_count> line_kinds = {line_kind::dead_letters, line_kind::spans,
                                                                      line_kind::cdevents, line_kind::events};

// Something of each kind.
template <class Value>
using of_each_kind = std::array<Value, line_kind_count>;

constexpr std::size_t index_of(line_kind which)
{
    return static_cast<std::size_t>(which);
}

line_kind kind_of(event::topic which);

// Those of `among` whose events are lines of this kind; none: there is no such file.
event::topic_set topics_of(line_kind which, event::topic_set const& among);

// `events` is the path of the events' file.
std::string path_of(line_kind which, std::string const& events);
// Of a replay: replay.20260824T100000.041000Z.jsonl, dlq.replay.20260824T100000.041000Z.jsonl and so on.
std::string replay_path_of(line_kind which, std::string const& events, micros now);

}  // namespace bbstream::sink
