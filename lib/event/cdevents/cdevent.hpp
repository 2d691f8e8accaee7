// An event in the words of CDEvents 0.5.1 (https://cdevents.dev), for those whose tools speak them.
#pragma once

#include "event/event.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bbstream::event::cdevents {

inline constexpr std::string_view specversion = "0.5.1";

struct cdevent {
    std::string_view type;    // dev.cdevents.change.created.0.4.0, or dev.cdeventsx.bitbucket-ref.updated.0.1.0
    std::string_view schema;  // the official one
    std::string subject_id;
    std::string content;  // of the subject: one JSON object
};

// What an event is there; nothing for what has no place in it. Where CDEvents have no such type it is one of ours,
// bitbucket-*, as their rules for custom events say.
std::optional<cdevent> project(event const& what);

// The same for the same fact: uuid5 of the event's id and the CDEvent's type.
uuid id_of(uuid const& native, std::string_view type);

}  // namespace bbstream::event::cdevents
