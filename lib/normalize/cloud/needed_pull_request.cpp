#include "normalize/cloud/needed_pull_request.hpp"

#include "normalize/cloud/needed.hpp"
#include "normalize/cloud/pull_request.hpp"
#include "normalize/cloud/whole_hashes.hpp"

namespace bbstream::normalize::cloud {

event::pull_request const* needed_pull_request(mapping& in)
{
    auto const from = needs_repository(in) ? needed_object(in, "pullrequest") : std::nullopt;
    if (!from)
        return nullptr;
    auto const* read = read_pull_request(*from, in.memory());
    if (!read)
        in.add_unknown_without(*from, "id", "pullrequest.id");
    return read ? with_whole_hashes(in, *read) : nullptr;
}

std::optional<micros> needed_update_time(mapping& in, event::pull_request const& of)
{
    if (!of.updated_at)
        in.add_unknown_without(*object_member(in.body(), "pullrequest"), "updated_on", "pullrequest.updated_on");
    return of.updated_at;
}

}  // namespace bbstream::normalize::cloud
