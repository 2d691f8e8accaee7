// repo:commit_comment_created: `comment` on `commit`.
#include "normalize/cloud/keys.hpp"
#include "normalize/cloud/needed.hpp"
#include "normalize/hash.hpp"

namespace bbstream::normalize::cloud {

namespace {

// The delivery's commit, else the comment's own.
needed_text commit_of(mapping& in)
{
    auto const commit = object_member(in.body(), "commit");
    auto const sent = commit ? needed_member(*commit, "hash", id_bytes_max) : needed_text();
    if (sent.value)
        return sent;
    auto const own = object_member(*object_member(in.body(), "comment"), "commit");
    auto const other = own ? needed_member(*own, "hash", id_bytes_max) : needed_text();
    return other.value ? other : sent;
}

}  // namespace

void map_commit_comment_created(mapping& in)
{
    auto const* comment = needs_repository(in) ? needed_comment(in) : nullptr;
    if (!comment)
        return;
    auto const hash = commit_of(in);
    if (!hash.value) {
        in.add_unknown(make_flaw(hash.problem, {}, "commit.hash", in.memory()));
        return;
    }
    auto const commit = forms_of_hash(*hash.value, in.memory());
    auto const subject = in.memory().join({"commits/", commit.id, "/comments/", comment->id});
    auto* made = in.add_once(event::type::commit_comment_created, in.facts().commit_comment_created(comment->id),
                             subject, comment->created_at);
    if (made)
        made->data = event::commit_comment{{commit.sha, commit.short_sha}, comment};
}

}  // namespace bbstream::normalize::cloud
