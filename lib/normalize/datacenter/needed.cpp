#include "normalize/datacenter/needed.hpp"

#include "normalize/datacenter/comment.hpp"
#include "normalize/datacenter/pull_request.hpp"
#include "normalize/datacenter/pull_request_snapshot.hpp"
#include "normalize/datacenter/reopened.hpp"

namespace bbstream::normalize::datacenter {

event::pull_request const* needed_pull_request(mapping& in)
{
    auto const from = object_member(in.body(), "pullRequest");
    if (!from) {
        in.add_unknown_without(in.body(), "pullRequest", "pullRequest");
        return nullptr;
    }
    auto const* read = read_pull_request(*from, in.memory());
    if (!read) {
        in.add_unknown_without(*from, "id", "pullRequest.id");
        return nullptr;
    }
    if (!needs_repository(in, "pullRequest.toRef.repository.id"))
        return nullptr;
    // What is remembered as closed is not missed when it is gone, and would be news when it is seen open.
    if (add_reopened(in, *read))
        remember_as_sent(in, *read, {&pull_request_snapshot::state});
    return read;
}

event::comment const* needed_comment(mapping& in)
{
    auto const from = object_member(in.body(), "comment");
    if (!from) {
        in.add_unknown_without(in.body(), "comment", "comment");
        return nullptr;
    }
    auto const* read = read_comment(in.body(), in.memory());
    if (!read)
        in.add_unknown_without(*from, "id", "comment.id");
    return read;
}

std::optional<event::revision> needed_revision(mapping& in, event::pull_request const& of)
{
    if (of.version && of.updated_at)
        return event::revision{of.version, of.updated_at};
    std::string_view const name = of.version ? "updatedDate" : "version";
    in.add_unknown_without(*object_member(in.body(), "pullRequest"), name,
                           of.version ? "pullRequest.updatedDate" : "pullRequest.version");
    return std::nullopt;
}

event::text needed_head(mapping& in, std::string_view side)
{
    auto const from = object_member(*object_member(in.body(), "pullRequest"), side);
    auto const hash = from ? bounded_id(*from, "latestCommit", in.memory()) : std::nullopt;
    if (hash)
        return forms_of_hash(*hash, in.memory()).id;
    auto const path = in.memory().join({"pullRequest.", side, ".latestCommit"});
    if (from)
        in.add_unknown_without(*from, "latestCommit", path);
    else
        in.add_unknown(make_flaw(event::unknown_reason::missing_fields, {}, path, in.memory()));
    return std::nullopt;
}

std::optional<micros> closing_time(event::pull_request const& of)
{
    return of.closed_at ? of.closed_at : of.updated_at;
}

event::pull_request const* closed_by_actor(mapping& in, event::pull_request const& of)
{
    auto closed = of;
    if (auto const* actor = in.delivery().actor)
        closed.closed_by = *actor;
    return in.memory().keep(closed);
}

bool needs_repository(mapping& in, std::string_view path)
{
    if (in.delivery().repository)
        return true;
    in.add_unknown(make_flaw(event::unknown_reason::missing_fields, {}, path, in.memory()));
    return false;
}

}  // namespace bbstream::normalize::datacenter
