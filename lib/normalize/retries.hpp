// Whether a record brings a delivery that was folded before: a retry, or a second hook's copy of it (rule 1).
#pragma once

#include "event/event.hpp"
#include "event/event_id.hpp"
#include "state/shard.hpp"

#include <string_view>

namespace bbstream::normalize {

// The event keys whose bodies hold a time, so that equal bytes are the same delivery even under another id.
bool identical_bodies_are_one(product platform, std::string_view event_key);

// A retry has instance, event key, delivery id and body alike, within 24 hours. Remembers the delivery if it is new.
bool is_repeated_delivery(event::delivery const& of, std::string_view body_sha256, state::seconds now,
                          event::fact_name& scratch, state::shard& in);

}  // namespace bbstream::normalize
