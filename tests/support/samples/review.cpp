// Samples of the events of pull requests and their comments.
#include "support/samples/names.hpp"

namespace bbstream::test {

using event::type;
using namespace sample;

void samples::set_pull_request_fact(event::event& of)
{
    auto const id = pull_request_.id;
    delivery.event_key = "pullrequest:updated";
    if (filled_ && of.type == type::pullrequest_superseded) {
        pull_request_.state = "superseded";
        pull_request_.source_state = "SUPERSEDED";
    }
    if (filled_ && (of.type == type::pullrequest_merged || of.type == type::pullrequest_declined)) {
        bool const merged = of.type == type::pullrequest_merged;
        pull_request_.state = merged ? "merged" : "declined";
        pull_request_.source_state = merged ? "MERGED" : "DECLINED";
        pull_request_.closed_by = ada;
        pull_request_.closed_at = noon;
        pull_request_.decline_reason = merged ? event::text() : "Superseded by the new rules.";
        pull_request_.merge_commit = merged ? hash_of(first_sha) : event::hash();
        pull_request_.merge_strategy = merged ? event::text("squash") : event::text();
    }
    event::pull_request_fact const fact{&pull_request_};
    constexpr std::string_view subject = "pullrequests/42";
    switch (of.type) {
        case type::pullrequest_opened:
            return set(of, facts_.pull_request_opened(id), subject, fact);
        case type::pullrequest_declined:
            return set(of, facts_.pull_request_declined(id).id(0), subject, fact);
        case type::pullrequest_superseded:
            return set(of, facts_.pull_request_superseded(id), subject, fact);
        case type::pullrequest_reopened:
            return set(of, facts_.pull_request_reopened(id).id(0), subject, fact);
        case type::pullrequest_deleted:
            return set(of, facts_.pull_request_deleted(id), subject, fact);
        case type::pullrequest_snapshot:
            return set(of, facts_.snapshot("pullrequest", "42", "0a1b").id(0), subject, fact);
        default:
            set_pull_request_change(of);
    }
}

void samples::set_pull_request_change(event::event& of)
{
    auto const id = pull_request_.id;
    auto const* const pr = &pull_request_;
    event::merged_commits const commits{{parents_.data(), parents_.size()}, true};
    auto const known = filled_ ? std::optional(commits) : std::nullopt;
    auto const before = filled_ ? hash_of(third_sha) : event::hash();
    auto const after = filled_ ? hash_of(second_sha) : event::hash();
    constexpr std::string_view subject = "pullrequests/42";
    switch (of.type) {
        case type::pullrequest_updated: {
            changes_ = {event::field_change{"title", "Round", "Round half to even"},
                        event::field_change{"description", {}, "As accountants do."}};
            auto const changes = filled_ ? std::optional<event::field_changes>(changes_) : std::nullopt;
            return set(of, facts_.pull_request_updated(id, {{}, noon}), subject,
                       event::pull_request_updated{pr, changes});
        }
        case type::pullrequest_source_updated:
            return set(of, facts_.source_updated(id, second_sha).id(0), subject,
                       event::pull_request_source_updated{pr, before, after});
        case type::pullrequest_target_updated: {
            event::pull_request_target_updated moved{pr, {}, {}, before, after};
            if (filled_)
                moved.ref_before = moved.ref_after = "refs/heads/main";
            return set(of, facts_.target_updated(id, "refs/heads/main", second_sha).id(0), subject, moved);
        }
        case type::pullrequest_reviewers_updated: {
            event::pull_request_reviewers_updated who{pr, {}, {}};
            if (filled_) {
                who.added = added_;
                who.removed = removed_;
            }
            return set(of, facts_.reviewers_updated(id, {{}, noon}), subject, who);
        }
        case type::pullrequest_reviewed: {
            event::pull_request_reviewed verdict;
            verdict.pull_request = pr;
            if (filled_)
                verdict = {pr, &grace, "approved", "changes_requested", second_sha, noon};
            return set(of, facts_.reviewed(id, "1f0c7a2e-5b0d-4b55-9c0b-3c9e2a6b7d02", "approved", noon), subject,
                       verdict);
        }
        case type::pullrequest_merged:
            return set(of, facts_.pull_request_merged(id), subject, event::pull_request_merged{pr, known});
        default:
            return set(of, facts_.pull_request_enriched(id, "mergedCommitShas", second_sha), subject,
                       event::pull_request_enriched{id, "mergedCommitShas", after, before, after, known});
    }
}

void samples::set_comment_fact(event::event& of)
{
    auto const id = pull_request_.id;
    delivery.event_key = "pullrequest:comment_created";
    if (filled_ && of.type == type::pullrequest_comment_resolved)
        comment_.state = "resolved";
    auto const name = of.type == type::pullrequest_comment_created ? facts_.pull_request_comment_created(id, "9")
                      : of.type == type::pullrequest_comment_updated
                          ? facts_.pull_request_comment_updated(id, "9", {{}, noon})
                      : of.type == type::pullrequest_comment_deleted  ? facts_.pull_request_comment_deleted(id, "9")
                      : of.type == type::pullrequest_comment_resolved ? facts_.comment_resolved(id, "9").id(0)
                                                                      : facts_.comment_reopened(id, "9").id(0);
    set(of, name, "pullrequests/42/comments/9", event::pull_request_comment{&pull_request_, &comment_});
}

}  // namespace bbstream::test
