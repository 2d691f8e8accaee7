#include "event/types.hpp"

#include <array>

namespace bbstream::event {

namespace {

constexpr std::array<type_entry, 6> table = {{
    {"dev.bbstream.ref.created.v1", "https://bbstream.dev/schemas/ref.created/1.0.json", topic::repository},
    {"dev.bbstream.ref.updated.v1", "https://bbstream.dev/schemas/ref.updated/1.0.json", topic::repository},
    {"dev.bbstream.ref.deleted.v1", "https://bbstream.dev/schemas/ref.deleted/1.0.json", topic::repository},
    {"dev.bbstream.commit.added.v1", "https://bbstream.dev/schemas/commit.added/1.0.json", topic::commit},
    {"dev.bbstream.unknown.received.v1", "https://bbstream.dev/schemas/unknown.received/1.0.json", topic::unknown},
    {"", "", topic::dlq},
}};

}  // namespace

type_entry const& type_of(type which)
{
    return table[static_cast<std::size_t>(which)];
}

topic topic_of(type which)
{
    return type_of(which).topic;
}

}  // namespace bbstream::event
