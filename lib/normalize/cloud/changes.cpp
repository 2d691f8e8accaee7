#include "normalize/cloud/changes.hpp"

#include "normalize/cloud/entities.hpp"
#include "normalize/differences.hpp"

namespace bbstream::normalize::cloud {

namespace {

event::field_value read_side(object const& change, std::string_view side, changed_field const& field, arena& memory)
{
    auto const value = member(change, side);
    return value ? field.read(*value, memory) : event::field_value();
}

template <class T>
std::optional<T> value_before(event::field_changes changes, std::string_view field, std::optional<T> now)
{
    for (auto const& each : changes) {
        if (each.field != field)
            continue;
        auto const* value = std::get_if<T>(&each.before);
        return value ? std::optional(*value) : std::nullopt;
    }
    return now;
}

bool was_sent_before(object const& changes, std::span<changed_field const> earlier, std::string_view ours)
{
    return std::any_of(earlier.begin(), earlier.end(), [&](changed_field const& each) {
        return each.ours == ours && object_member(changes, each.theirs);
    });
}

}  // namespace

event::field_changes read_changes(object const& changes, std::span<changed_field const> table, arena& memory)
{
    differences found(memory, table.size());
    for (std::size_t at = 0; at < table.size(); ++at) {
        auto const& field = table[at];
        auto const change = object_member(changes, field.theirs);
        if (change && !was_sent_before(changes, table.first(at), field.ours))
            found.add(field.ours, read_side(*change, "old", field, memory), read_side(*change, "new", field, memory));
    }
    return found.all();
}

std::optional<micros> time_of_changes(object const& changes)
{
    auto const change = object_member(changes, "updated_on");
    return change ? time_member(*change, "new") : std::nullopt;
}

event::text text_before(event::field_changes changes, std::string_view field, event::text now)
{
    return value_before(changes, field, now);
}

std::optional<bool> truth_before(event::field_changes changes, std::string_view field, std::optional<bool> now)
{
    return value_before(changes, field, now);
}

event::field_value read_text(element const& value, arena&)
{
    return as_field_value(as_text(value));
}

event::field_value read_truth(element const& value, arena&)
{
    bool truth = false;
    return value.get(truth) == simdjson::SUCCESS ? event::field_value(truth) : event::field_value();
}

event::field_value read_identity(element const& value, arena& memory)
{
    auto const entity = as_object(value);
    return entity ? as_field_value(read_account(*entity, memory).id) : as_field_value(as_text(value));
}

}  // namespace bbstream::normalize::cloud
