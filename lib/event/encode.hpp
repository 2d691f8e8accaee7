// A typed event as a CloudEvent (CloudEvents 1.0.2, JSON event format and Kafka protocol binding), beside its key.
#pragma once

#include "event/batch.hpp"
#include "event/event.hpp"
#include "event/object_writer.hpp"
#include "journal/journal.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace bbstream::event {

// An event over the soft limit loses what is listed first in `truncated`; none is over the hard one.
inline constexpr std::size_t value_bytes_soft = 64 * 1024;
inline constexpr std::size_t value_bytes_max = 850'000;    // leaves key and headers their part of the record
inline constexpr std::size_t record_bytes_max = 900'000;   // key, value and headers
inline constexpr std::size_t payload_bytes_max = 700'000;  // of unknown.received; a larger one only the journal has

enum class content_mode : std::uint8_t {
    structured,  // the value is the whole event; headers repeat its attributes
    binary,      // the value is `data`; the attributes are headers only
};

// What does not depend on the event.
struct encoding {
    std::uint32_t epoch = 1;
    journal::identity journal{};
    bool headers = false;                          // write the ce_* headers too
    content_mode mode = content_mode::structured;  // binary needs headers
    bbstream::event::privacy privacy{};
    std::optional<journal::origin> origin{};  // in place of the record's own
    topic_set topics = usual_topics();        // events of others are left out
};

// Appends one event, if its topic is wanted. `recorded` becomes `recordedtime`, the only part that differs between two
// runs. An event that no trimming brings below the hard limit goes to the dead-letter topic in its place.
// OpenTelemetry's spans are a value as they came wherever there are headers for the attributes, else `data`.
void encode(event const& what, encoding const& how, micros recorded, batch& out);

using event_choice = std::function<bool(event const&)>;

// Appends the events of one record, and behind them, if that topic is wanted, what each is as a CDEvent: the indices go
// on where those of the events end. Only those that are `wanted` are appended, no function: all; that moves no index.
void encode_record(std::span<event const> events, encoding const& how, micros recorded, batch& out,
                   event_choice const& wanted = {});

}  // namespace bbstream::event
