// pullrequest:updated, pullrequest:push. The former is one key for everything and does not say what it was, so that is
// found by what the fold remembers; the latter has no documented payload, but says by its name that the source moved.
#include "normalize/cloud/keys.hpp"
#include "normalize/cloud/needed_pull_request.hpp"
#include "normalize/cloud/pull_request_snapshot.hpp"
#include "normalize/pull_request_differences.hpp"

namespace bbstream::normalize::cloud {

namespace {

// Each thing that differs is a fact; an update of nothing that is remembered is one too.
void add_differences(mapping& in, pull_request_update const& what, event::revision const& at, bool seen_before)
{
    bool const source = differ(what.before.source_head, what.now.source_head);
    bool const target =
        differ(what.before.target_ref, what.now.target_ref) || differ(what.before.target_head, what.now.target_head);
    bool const reviewers = differ(what.before.reviewers, what.now.reviewers);
    auto const changes = changes_of(what, in.memory());
    if (source)
        add_source_updated(in, what);
    if (target)
        add_target_updated(in, what);
    if (reviewers)
        add_reviewers_updated(in, what, at);
    if (!changes.empty() || !(source || target || reviewers || seen_before))
        add_updated(in, what.of, at, changes);
    else if (seen_before && !(source || target || reviewers))
        in.count_repeated();
}

}  // namespace

void map_pull_request_updated(mapping& in)
{
    auto const* of = needed_pull_request(in);
    auto const at = of ? needed_update_time(in, *of) : std::nullopt;
    if (!at)
        return;
    auto const now = snapshot_of(*object_member(in.body(), "pullrequest"), *of, in.memory());
    auto const before = known(in, of->id);
    if (before && *at >= before->at)
        add_differences(in, {*of, before->is, now}, {std::nullopt, at}, *at == before->at);
    else
        add_updated(in, *of, {std::nullopt, at}, std::nullopt);
    remember(in, *of, now);
}

void map_pull_request_push(mapping& in)
{
    auto const* of = needed_pull_request(in);
    auto const at = of ? needed_update_time(in, *of) : std::nullopt;
    if (!at)
        return;
    auto const from = *object_member(in.body(), "pullrequest");
    auto const now = snapshot_of(from, *of, in.memory());
    if (!now.source_head.text()) {
        in.add_unknown(
            make_flaw(event::unknown_reason::missing_fields, {}, "pullrequest.source.commit.hash", in.memory()));
        return;
    }
    auto const before = known(in, of->id);
    bool const newer = before && *at >= before->at;
    pull_request_snapshot const nothing;
    add_source_updated(in, {*of, newer ? before->is : nothing, now});
    pull_request_snapshot source_only;
    source_only.source_head = now.source_head;
    remember(in, *of, before ? source_only : now);  // what else differs is for the next update to tell
}

}  // namespace bbstream::normalize::cloud
