// ref.created, ref.updated, ref.deleted, ref.snapshot, commit.added
#include "event/data_writer.hpp"

#include <string>

namespace bbstream::event {

namespace {

void write_head(data_writer& into, commit const* head)
{
    auto& to = into.to();
    to.name<"head">();
    if (!head)
        to.out() += "null";
    else if (write_commit(to, *head, message_bytes_shown(into.how()), into.bare()) || into.bare())
        into.cut(into.bare() ? "/head" : "/head/message");
}

void write_tag(data_writer& into, tag const* what)
{
    auto& to = into.to();
    to.name<"tag">();
    if (!what || into.bare()) {
        to.out() += "null";
        if (what)
            into.cut("/tag");
        return;
    }
    to.begin_object();
    to.text<"message">(what->message);
    to.time<"taggedAt">(what->tagged_at);
    to.name<"tagger">();
    write_person(to, what->tagger);
    to.end_object();
    if (what->message_truncated)
        into.cut("/tag/message");
}

void write_commits(data_writer& into, std::optional<commit_list> const& commits)
{
    auto& to = into.to();
    to.name<"commits">();
    if (!commits) {
        to.out() += "null";
        return;
    }
    auto const& all = commits->items;
    std::size_t const shown = commits_shown(into.how(), all.size());
    to.begin_object();
    to.name<"items">();
    to.begin_array();
    for (std::size_t at = 0; at < shown; ++at) {
        to.element();
        if (write_commit(to, all[at], message_bytes_shown(into.how()), false))
            into.cut({"/commits/items/", std::to_string(at), "/message"});
    }
    to.end_array();
    to.number<"total">(commits->total);
    to.boolean<"complete">(commits->complete && shown == all.size());
    bool const cut_by_us = shown < all.size() || commits->cut;
    to.text<"limitedBy">(cut_by_us ? text("size") : commits->complete ? text() : text("bitbucket"));
    to.end_object();
    if (cut_by_us)
        into.cut("/commits/items");
}

}  // namespace

void write(data_writer& into, ref_change const& what)
{
    auto& to = into.to();
    to.name<"ref">();
    write_ref(to, what.ref);
    to.text<"oldSha">(what.old_sha);
    to.text<"newSha">(what.new_sha);
    to.text<"newCommitSha">(what.new_commit_sha);
    write_head(into, what.head);
    write_tag(into, what.tag);
    to.boolean<"forced">(what.forced);
    write_commits(into, what.commits);
    to.null<"isDefaultBranch">();
    to.null<"relatedPullRequests">();
    to.null<"changedPaths">();
    to.name<"push">();
    to.begin_object();
    to.number<"index">(what.push_index);
    to.number<"count">(what.push_count);
    to.end_object();
    to.boolean<"reconstructed">(what.reconstructed);
}

void write(data_writer& into, ref_snapshot const& what)
{
    auto& to = into.to();
    to.name<"ref">();
    write_ref(to, what.ref);
    to.text<"sha">(what.sha);
    to.text<"commitSha">(what.commit_sha);
    write_head(into, what.head);
    to.boolean<"isDefaultBranch">(what.is_default);
}

void write(data_writer& into, commit_added const& what)
{
    auto& to = into.to();
    to.name<"commit">();
    if (write_commit(to, *what.commit, message_bytes_shown(into.how()), into.bare()) || into.bare())
        into.cut(into.bare() ? "/commit" : "/commit/message");
    to.name<"ref">();
    write_ref(to, what.ref);
    to.number<"order">(what.order);
}

bool shortens(trim step, ref_change const& what)
{
    std::size_t const listed = what.commits ? what.commits->items.size() : 0;
    switch (step) {
        case trim::long_messages:
            return listed > 0 || what.head;
        case trim::most_commits:
            return listed > commits_trimmed;
        case trim::all_commits:
            return listed > 0;
        default:
            return false;
    }
}

bool shortens(trim step, ref_snapshot const& what)
{
    return step == trim::long_messages && what.head;
}

bool shortens(trim step, commit_added const&)
{
    return step == trim::long_messages;
}

}  // namespace bbstream::event
