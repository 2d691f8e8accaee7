// pr:modified: `previousTitle`, `previousDescription` (null where there was none), `previousTarget`, and from 8.18 on
// `previousDraft`.
#include "normalize/datacenter/keys.hpp"
#include "normalize/datacenter/needed.hpp"
#include "normalize/datacenter/pull_request_snapshot.hpp"
#include "normalize/datacenter/target.hpp"
#include "normalize/differences.hpp"

namespace bbstream::normalize::datacenter {

namespace {

constexpr std::size_t fields_max = 3;

// Nothing where the payload does not tell what was before.
std::optional<event::field_changes> changes_of(mapping& in, object const& now)
{
    auto const& before = in.body();
    if (!text_member(before, "previousTitle"))
        return std::nullopt;
    differences found(in.memory(), fields_max);
    found.add("title", text_member(before, "previousTitle"), text_member(now, "title"));
    found.add("description", filled_member(before, "previousDescription"), filled_member(now, "description"));
    if (auto const draft = bool_member(before, "previousDraft"))
        found.add("draft", draft, bool_member(now, "draft"));
    return found.all();
}

void add_updated(mapping& in, event::pull_request const& of, std::optional<event::field_changes> const& changes)
{
    auto const at = needed_revision(in, of);
    if (!at)
        return;
    auto* made = in.add_once(event::type::pullrequest_updated, in.facts().pull_request_updated(of.id, *at),
                             pull_request_subject(of, in.memory()), of.updated_at);
    if (made)
        made->data = event::pull_request_updated{&of, changes};
}

}  // namespace

void map_pull_request_modified(mapping& in)
{
    auto const* of = needed_pull_request(in);
    if (!of)
        return;
    auto const before = former_target(in.body(), in.memory());
    bool const retargeted = before.ref && before.ref != of->target.ref;
    auto const changes = changes_of(in, *object_member(in.body(), "pullRequest"));
    if (retargeted)
        add_target_updated(in, *of, before);
    if (!retargeted || (changes && !changes->empty()))
        add_updated(in, *of, changes);
    remember_as_sent(in, *of,
                     {&pull_request_snapshot::title, &pull_request_snapshot::description, &pull_request_snapshot::draft,
                      &pull_request_snapshot::target_ref, &pull_request_snapshot::target_head});
}

}  // namespace bbstream::normalize::datacenter
