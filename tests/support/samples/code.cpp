// Samples of the events of repositories, refs and commits.
#include "support/samples/names.hpp"

namespace bbstream::test {

using event::type;
using namespace sample;

void samples::set_repository_fact(event::event& of)
{
    event::repository_fact fact;
    bool const changed = of.type == type::repository_updated || of.type == type::repository_transferred;
    if (changed && filled_) {
        fact.previous = &before_;
        fact.changes = changes_;
    }
    delivery.event_key = "repo:updated";
    if (of.type == type::repository_forked && filled_) {
        fact.fork = delivery.repository = &fork_;
        delivery.event_key = "repo:fork";
        delivery.source = "bitbucket://cloud/repositories/5f0c2c1a-0000-4000-8000-000000000008";
        delivery.partition_key = "cloud:5f0c2c1a-0000-4000-8000-000000000008";
    }
    auto const id = of.type == type::repository_created       ? facts_.repository_created()
                    : of.type == type::repository_imported    ? facts_.repository_imported()
                    : of.type == type::repository_forked      ? facts_.repository_forked()
                    : of.type == type::repository_deleted     ? facts_.repository_deleted()
                    : of.type == type::repository_updated     ? facts_.repository_updated(changes_).id(0)
                    : of.type == type::repository_transferred ? facts_.repository_transferred(changes_).id(0)
                                                              : facts_.snapshot("repository", ledger, "0a1b").id(0);
    set(of, id, "repository", fact);
}

void samples::set_ref_fact(event::event& of)
{
    if (of.type == type::ref_snapshot) {
        event::ref_snapshot seen{ref_, first_sha, {}, nullptr, {}};
        if (filled_)
            seen = {ref_, first_sha, first_sha, &commit_, true};
        set(of, facts_.snapshot("ref", ref_.name, "0a1b").id(0), ref_.name, seen);
        return;
    }
    event::ref_change change;
    change.ref = ref_;
    change.push_count = 1;
    if (of.type == type::ref_created && filled_) {
        change.ref = {"refs/tags/v1.1", "v1.1", "tag"};
        change.tag = &tag_;
    }
    if (of.type == type::ref_updated && filled_) {
        change.commits = event::commit_list{{&commit_, 1}, 1, true, false};
        change.forced = false;
    }
    if (of.type != type::ref_deleted && filled_) {
        change.new_sha = change.new_commit_sha = first_sha;
        change.head = &commit_;
    }
    if (of.type != type::ref_created && filled_)
        change.old_sha = second_sha;
    auto const old_hash = of.type == type::ref_created ? no_sha : second_sha;
    auto const new_hash = of.type == type::ref_deleted ? no_sha : first_sha;
    set(of, facts_.ref(change.ref.name, old_hash, new_hash).id(0), change.ref.name, change);
}

void samples::set_commit_fact(event::event& of)
{
    event::commit_comment const comment{filled_ ? hash_of(first_sha) : event::hash(), &comment_};
    delivery.event_key = of.type == type::commit_added ? "repo:push" : "repo:commit_comment_created";
    constexpr std::string_view subject = "commits/1111111111111111111111111111111111111111/comments/9";
    if (of.type == type::commit_comment_created) {
        set(of, facts_.commit_comment_created("9"), subject, comment);
    } else if (of.type == type::commit_comment_updated) {
        set(of, facts_.commit_comment_updated("9", {{}, noon}), subject, comment);
    } else if (of.type == type::commit_comment_deleted) {
        set(of, facts_.commit_comment_deleted("9"), subject, comment);
    } else {
        cause_ = facts_.ref(ref_.name, second_sha, first_sha).id(0);
        of.cause = filled_ ? &cause_ : nullptr;
        of.basis = event::time_basis::payload;
        set(of, facts_.commit(first_sha), "commits/1111111111111111111111111111111111111111",
            event::commit_added{&commit_, ref_, 0});
    }
}

}  // namespace bbstream::test
