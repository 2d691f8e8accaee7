// The JSON of a whole CDEvent, which is the `data` of the CloudEvent that carries it (CDEvents' CloudEvents binding).
#pragma once

#include "event/cdevents/cdevent.hpp"
#include "event/object_writer.hpp"
#include "event/trim.hpp"

#include <string>

namespace bbstream::event::cdevents {

inline constexpr std::string_view content_type = "application/cdevents+json";

// Appends one JSON object: `context`, `subject`, and as `customData` the data of the event that it comes of, behind
// that one's `nativeId` and `nativeType`.
void append_data(std::string& out, event const& of, cdevent const& as, trim how, privacy const& rules);

}  // namespace bbstream::event::cdevents
