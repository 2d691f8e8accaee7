#include "normalize/cloud/needed.hpp"

#include "normalize/cloud/comment.hpp"

namespace bbstream::normalize::cloud {

bool needs_repository(mapping& in)
{
    if (in.delivery().repository)
        return true;
    in.add_unknown({event::unknown_reason::missing_fields, "the repository's id is missing"});
    return false;
}

event::comment const* needed_comment(mapping& in)
{
    auto const from = needed_object(in, "comment");
    if (!from)
        return nullptr;
    auto const* read = read_comment(in.body(), in.memory());
    if (!read)
        in.add_unknown_without(*from, "id", "comment.id");
    return read;
}

std::optional<object> needed_object(mapping& in, std::string_view name)
{
    auto const found = object_member(in.body(), name);
    if (!found)
        in.add_unknown_without(in.body(), name, name);
    return found;
}

}  // namespace bbstream::normalize::cloud
