// Repositories, refs and commits.
#include "event/cdevents/content.hpp"
#include "event/cdevents/families.hpp"

namespace bbstream::event::cdevents {

namespace {

text first_of(std::initializer_list<text> candidates)
{
    for (auto const& each : candidates)
        if (each && !each->empty())
            return each;
    return std::nullopt;
}

text owner_of(repository const& of)
{
    if (of.workspace)
        return first_of({of.workspace->slug, of.workspace->id});
    return of.project ? of.project->key : std::nullopt;
}

kind kind_of_ref(ref const& of, kind which)
{
    bool const created = which == kind::branch_created;
    bool const deleted = which == kind::branch_deleted;
    if (of.type == "tag")
        return created ? kind::tag_created : deleted ? kind::tag_deleted : kind::tag_updated;
    if (of.type == "branch")
        return which;
    return created ? kind::ref_created : deleted ? kind::ref_deleted : kind::ref_updated;
}

bool is_branch(kind which)
{
    return which == kind::branch_created || which == kind::branch_deleted;
}

}  // namespace

// What was created must have a name and a URI.
made of_repository(event const& what, kind which)
{
    auto const* known = what.delivery->repository;
    if (!known)
        return std::nullopt;
    bool const created = which == kind::repository_created;
    auto content = object_of([&](json_writer& to) {
        add<"name">(to, first_of({known->name, known->slug, known->full_name, created ? text(known->id) : text()}));
        add<"owner">(to, owner_of(*known));
        if (created)
            to.text<"uri">(uri_of(what, {known->https_url, known->url}));
        else
            add_uri<"uri">(to, first_of({known->https_url, known->url}));
        add_uri<"viewUrl">(to, known->url);
    });
    return make(which, std::string(known->id), std::move(content));
}

// CDEvents know branches that come and go; they have no word for one that moves, nor for tags.
made of_ref(event const& what, kind which)
{
    auto const& change = std::get<ref_change>(what.data);
    auto const found = kind_of_ref(change.ref, which);
    auto content = object_of([&](json_writer& to) {
        if (!is_branch(found)) {
            add<"name">(to, change.ref.short_name);
            add<"oldSha">(to, change.old_sha);
            add<"newSha">(to, change.new_sha);
        }
        add_repository(to, what);
    });
    return make(found, std::string(what.subject), std::move(content));
}

made of_commit(event const& what, kind which)
{
    auto const& added = std::get<commit_added>(what.data);
    auto content = object_of([&](json_writer& to) {
        add<"sha">(to, added.commit->sha);
        add<"ref">(to, added.ref.name);
        add_repository(to, what);
    });
    return make(which, std::string(what.subject), std::move(content));
}

}  // namespace bbstream::event::cdevents
