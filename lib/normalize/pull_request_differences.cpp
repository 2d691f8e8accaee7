#include "normalize/pull_request_differences.hpp"

#include "normalize/differences.hpp"
#include "normalize/hash.hpp"
#include "normalize/subjects.hpp"

#include <algorithm>

namespace bbstream::normalize {

namespace {

constexpr std::size_t fields_max = 3;

event::hash hash_of(remembered const& head, arena& memory)
{
    auto const hash = head.text();
    if (!hash)
        return {};
    auto const forms = forms_of_hash(*hash, memory);
    return {forms.sha, forms.short_sha};
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

std::span<event::actor const> added_reviewers(pull_request_update const& what, std::span<std::string_view const> before,
                                              arena& memory)
{
    auto const added = memory.array<event::actor>(what.of.reviewers.size());
    std::size_t count = 0;
    for (auto const& each : what.of.reviewers)
        if (each.actor && each.actor->id && !std::ranges::binary_search(before, *each.actor->id))
            added[count++] = *each.actor;
    return added.first(count);
}

std::span<event::actor const> removed_reviewers(pull_request_update const& what,
                                                std::span<std::string_view const> before,
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
event::pull_request_reviewers_updated changed_reviewers(pull_request_update const& what, arena& memory)
{
    event::pull_request_reviewers_updated data{&what.of, std::nullopt, std::nullopt};
    if (what.before.reviewers.text() && what.now.reviewers.text()) {
        auto const before = reviewers_of(what.before, memory);
        auto const now = reviewers_of(what.now, memory);
        data.added = added_reviewers(what, before, memory);
        data.removed = removed_reviewers(what, before, now, memory);
    }
    return data;
}

}  // namespace

event::field_changes changes_of(pull_request_update const& what, arena& memory)
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

void add_source_updated(mapping& in, pull_request_update const& what)
{
    auto const& of = what.of;
    auto const machine = in.machine("source", {std::to_string(of.id)});
    auto* made = in.add_move(event::type::pullrequest_source_updated, machine,
                             in.facts().source_updated(of.id, what.now.source_head.bytes),
                             pull_request_subject(of, in.memory()), of.updated_at);
    if (made)
        made->data =
            event::pull_request_source_updated{&of, hash_of(what.before.source_head, in.memory()), of.source.head};
}

void add_target_updated(mapping& in, pull_request_update const& what)
{
    auto const& of = what.of;
    auto const machine = in.machine("target", {std::to_string(of.id)});
    auto* made = in.add_move(event::type::pullrequest_target_updated, machine,
                             in.facts().target_updated(of.id, *of.target.ref, what.now.target_head.bytes),
                             pull_request_subject(of, in.memory()), of.updated_at);
    if (made)
        made->data = event::pull_request_target_updated{&of, what.before.target_ref.text(), of.target.ref,
                                                        hash_of(what.before.target_head, in.memory()), of.target.head};
}

void add_reviewers_updated(mapping& in, pull_request_update const& what, event::revision const& at)
{
    auto* made = in.add_once(event::type::pullrequest_reviewers_updated, in.facts().reviewers_updated(what.of.id, at),
                             pull_request_subject(what.of, in.memory()), what.of.updated_at);
    if (made)
        made->data = changed_reviewers(what, in.memory());
}

void add_updated(mapping& in, event::pull_request const& of, event::revision const& at,
                 std::optional<event::field_changes> const& changes)
{
    auto* made = in.add_once(event::type::pullrequest_updated, in.facts().pull_request_updated(of.id, at),
                             pull_request_subject(of, in.memory()), of.updated_at);
    if (made)
        made->data = event::pull_request_updated{&of, changes};
}

}  // namespace bbstream::normalize
