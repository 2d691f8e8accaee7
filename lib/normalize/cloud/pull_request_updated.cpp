// pullrequest:updated, pullrequest:push. The former is one key for everything and does not say what it was, so that is
// found by what the fold remembers; the latter has no documented payload, but says by its name that the source moved.
#include "normalize/cloud/keys.hpp"
#include "normalize/cloud/needed_pull_request.hpp"
#include "normalize/cloud/pull_request.hpp"
#include "normalize/cloud/pull_request_snapshot.hpp"
#include "normalize/differences.hpp"
#include "normalize/hash.hpp"
#include "normalize/subjects.hpp"

#include <algorithm>

namespace bbstream::normalize::cloud {

namespace {

constexpr std::size_t fields_max = 3;

// One update: what was before, and what is now.
struct update {
    event::pull_request const& of;
    pull_request_snapshot const& before;
    pull_request_snapshot const& now;
    event::revision at;
};

event::hash hash_of(remembered const& head, arena& memory)
{
    auto const hash = head.text();
    if (!hash)
        return {};
    auto const forms = forms_of_hash(*hash, memory);
    return {forms.sha, forms.short_sha};
}

void add_source_updated(mapping& in, event::pull_request const& of, std::string_view head, remembered const& before)
{
    auto const machine = in.machine("source", {std::to_string(of.id)});
    auto* made = in.add_move(event::type::pullrequest_source_updated, machine, in.facts().source_updated(of.id, head),
                             pull_request_subject(of, in.memory()), of.updated_at);
    if (made)
        made->data = event::pull_request_source_updated{&of, hash_of(before, in.memory()), of.source.head};
}

void add_target_updated(mapping& in, update const& what, std::string_view head)
{
    auto const& of = what.of;
    auto const machine = in.machine("target", {std::to_string(of.id)});
    auto* made = in.add_move(event::type::pullrequest_target_updated, machine,
                             in.facts().target_updated(of.id, *of.target.ref, head),
                             pull_request_subject(of, in.memory()), of.updated_at);
    if (made)
        made->data = event::pull_request_target_updated{&of, what.before.target_ref.text(), of.target.ref,
                                                        hash_of(what.before.target_head, in.memory()), of.target.head};
}

// As the payload still knows them, else by their ids alone.
event::actor actor_of(std::string_view id, event::pull_request const& of)
{
    for (auto const& each : of.participants)
        if (each.actor && each.actor->id == id)
            return *each.actor;
    event::actor who;
    who.id = id;
    if (!id.starts_with("name:"))
        who.auth_id = id;
    return who;
}

std::span<event::actor const> added_reviewers(update const& what, std::span<std::string_view const> before,
                                              arena& memory)
{
    auto const added = memory.array<event::actor>(what.of.reviewers.size());
    std::size_t count = 0;
    for (auto const& each : what.of.reviewers)
        if (each.actor->id && !std::ranges::binary_search(before, *each.actor->id))
            added[count++] = *each.actor;
    return added.first(count);
}

std::span<event::actor const> removed_reviewers(update const& what, std::span<std::string_view const> before,
                                                std::span<std::string_view const> now, arena& memory)
{
    auto const removed = memory.array<event::actor>(before.size());
    std::size_t count = 0;
    for (auto const id : before)
        if (!std::ranges::binary_search(now, id))
            removed[count++] = actor_of(id, what.of);
    return removed.first(count);
}

// Who came and who went is not known of lists that are too long to be remembered.
void add_reviewers_updated(mapping& in, update const& what)
{
    auto* made =
        in.add_once(event::type::pullrequest_reviewers_updated, in.facts().reviewers_updated(what.of.id, what.at),
                    pull_request_subject(what.of, in.memory()), what.of.updated_at);
    if (!made)
        return;
    event::pull_request_reviewers_updated data{&what.of, std::nullopt, std::nullopt};
    if (what.before.reviewers.text() && what.now.reviewers.text()) {
        auto const before = reviewers_of(what.before, in.memory());
        auto const now = reviewers_of(what.now, in.memory());
        data.added = added_reviewers(what, before, in.memory());
        data.removed = removed_reviewers(what, before, now, in.memory());
    }
    made->data = data;
}

void add_updated(mapping& in, event::pull_request const& of, std::optional<event::field_changes> const& changes)
{
    auto* made = in.add_once(event::type::pullrequest_updated,
                             in.facts().pull_request_updated(of.id, {std::nullopt, of.updated_at}),
                             pull_request_subject(of, in.memory()), of.updated_at);
    if (made)
        made->data = event::pull_request_updated{&of, changes};
}

event::field_changes changes_of(update const& what, arena& memory)
{
    differences found(memory, fields_max);
    if (differ(what.before.title, what.now.title))
        found.add("title", what.before.title.text(), what.of.title);
    if (differ(what.before.description, what.now.description))
        found.add("description", what.before.description.text(), what.of.description);
    if (differ(what.before.draft, what.now.draft))
        found.add("draft", draft_of(what.before), what.of.draft);
    return found.all();
}

// Each thing that differs is a fact; an update of nothing that is remembered is one too.
void add_differences(mapping& in, update const& what, bool seen_before)
{
    bool const source = differ(what.before.source_head, what.now.source_head);
    bool const target =
        differ(what.before.target_ref, what.now.target_ref) || differ(what.before.target_head, what.now.target_head);
    bool const reviewers = differ(what.before.reviewers, what.now.reviewers);
    auto const changes = changes_of(what, in.memory());
    if (source)
        add_source_updated(in, what.of, what.now.source_head.bytes, what.before.source_head);
    if (target)
        add_target_updated(in, what, what.now.target_head.bytes);
    if (reviewers)
        add_reviewers_updated(in, what);
    if (!changes.empty() || !(source || target || reviewers || seen_before))
        add_updated(in, what.of, changes);
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
    auto const before = known(in, *of);
    if (before && *at >= before->at)
        add_differences(in, {*of, before->is, now, {std::nullopt, at}}, *at == before->at);
    else
        add_updated(in, *of, std::nullopt);
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
    auto const before = known(in, *of);
    bool const newer = before && *at >= before->at;
    add_source_updated(in, *of, now.source_head.bytes, newer ? before->is.source_head : remembered());
    pull_request_snapshot source_only;
    source_only.source_head = now.source_head;
    remember(in, *of, before ? source_only : now);  // what else differs is for the next update to tell
}

}  // namespace bbstream::normalize::cloud
