// repo:comment:added, repo:comment:edited, repo:comment:deleted: `commit` is a hash.
#include "normalize/datacenter/keys.hpp"
#include "normalize/datacenter/needed.hpp"

namespace bbstream::normalize::datacenter {

namespace {

struct commented {
    event::comment const* comment = nullptr;
    hash_forms commit;
};

// Both of a delivery; or neither, and the delivery is unknown.
commented needed_both(mapping& in)
{
    if (!needs_repository(in, "repository.id"))
        return {};
    auto const* comment = needed_comment(in);
    if (!comment)
        return {};
    auto const commit = needed_member(in.body(), "commit", id_bytes_max);
    if (commit.value)
        return {comment, forms_of_hash(*commit.value, in.memory())};
    in.add_unknown_without(in.body(), "commit", "commit");
    return {};
}

void add(mapping& in, event::type type, event::uuid const& id, commented const& what, std::optional<micros> at)
{
    auto const subject = in.memory().join({"commits/", what.commit.id, "/comments/", what.comment->id});
    if (auto* made = in.add_once(type, id, subject, at))
        made->data = event::commit_comment{{what.commit.sha, what.commit.short_sha}, what.comment};
}

}  // namespace

void map_commit_comment_added(mapping& in)
{
    auto const what = needed_both(in);
    if (what.comment)
        add(in, event::type::commit_comment_created, in.facts().commit_comment_created(what.comment->id), what,
            what.comment->created_at);
}

void map_commit_comment_edited(mapping& in)
{
    auto const what = needed_both(in);
    if (!what.comment)
        return;
    if (!what.comment->version) {
        in.add_unknown_without(*object_member(in.body(), "comment"), "version", "comment.version");
        return;
    }
    event::revision const at{what.comment->version, std::nullopt};
    add(in, event::type::commit_comment_updated, in.facts().commit_comment_updated(what.comment->id, at), what,
        what.comment->updated_at);
}

void map_commit_comment_deleted(mapping& in)
{
    auto const what = needed_both(in);
    if (what.comment)
        add(in, event::type::commit_comment_deleted, in.facts().commit_comment_deleted(what.comment->id), what,
            in.date());
}

}  // namespace bbstream::normalize::datacenter
