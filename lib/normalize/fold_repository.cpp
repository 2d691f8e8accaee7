// The part of the fold that knows what REST shows of repositories themselves: that they are new, changed, or gone.
#include "normalize/cloud/entities.hpp"
#include "normalize/description.hpp"
#include "normalize/record_fold.hpp"

namespace bbstream::normalize {

namespace {

state::described first_seen(std::string_view id, std::string packed, std::uint64_t record)
{
    state::described of;
    of.id = id;
    of.known = std::move(packed);
    of.record = record;
    return of;
}

// Whether a difference was seen before, so long ago that a webhook which tells of it would have come.
bool is_believed(state::described& of, std::string const& seen, state::seconds now, std::uint64_t grace)
{
    if (of.doubted != seen) {
        of.doubted = seen;
        of.since = now;
        return false;
    }
    return now >= of.since && now - of.since >= grace;
}

// `now` as it was before; its addresses are of the new name.
event::repository const* before(event::repository now, description const& was, product platform, arena& memory)
{
    bool const moved = now.full_name != was.full_name;
    if (moved)
        now.url = now.https_url = now.ssh_url = std::nullopt;
    if (moved && platform == product::cloud)
        cloud::set_full_name(now, was.full_name, memory);
    now.full_name = was.full_name;
    now.name = was.name;
    now.slug = was.slug;
    now.is_private = was.is_private;
    if (platform == product::datacenter)
        now.archived = was.archived;
    if ((now.project ? now.project->id : std::nullopt) != was.project_id)
        now.project = {was.project_id, was.project_key, std::nullopt, std::nullopt};
    return memory.keep(now);
}

}  // namespace

void record_fold::fold_repository(observation const& about, std::optional<object> const& body)
{
    auto& of = shard_->make_reconciliation(repository_key_).itself;
    if (!about.found) {
        miss_repository(about, of);
        return;
    }
    if (!body)
        return;
    of.absent = 0;
    auto const now = describe(record_->product, *body, memory_);
    auto seen = pack(now);
    if (of.id.empty()) {
        of = first_seen(*who_.repository_id, std::move(seen), record_->sequence);
        if (about.fresh)
            add_made_repository(*body);
        return;
    }
    if (about.asof < of.record)
        return;
    if (seen == of.known) {
        of.doubted.clear();
        return;
    }
    auto const known = memory_.join({of.known});
    auto const changes = changes_between(known, now, memory_);
    if (!changes.empty() && !is_believed(of, seen, now_, about.grace))
        return;
    of = first_seen(*who_.repository_id, std::move(seen), record_->sequence);
    of.reconstructed = !changes.empty();
    if (!changes.empty())
        add_changed_repository(*body, before(repository_, unpack(known), record_->product, memory_), changes);
}

// What was not found twice, and no webhook has told of meanwhile, is gone.
void record_fold::miss_repository(observation const& about, state::described& of)
{
    if (of.id.empty() || about.asof < of.record)
        return;
    if (of.absent == 0) {
        of.absent = now_;
        return;
    }
    if (now_ < of.absent || now_ - of.absent < about.grace)
        return;
    of = {};
    object const nothing;
    mapping in(*this, nothing);
    if (auto* made = in.add_once(event::type::repository_deleted, in.facts().repository_deleted(), "repository", {}))
        made->data = event::repository_fact{};
}

void record_fold::add_made_repository(object const& body)
{
    mapping in(*this, body);
    auto const at = time_member(body, "created_on");
    bool const forked = repository_.parent.has_value();
    auto facts = in.facts();
    auto* made = forked ? in.add_once(event::type::repository_forked, facts.repository_forked(), "repository", at)
                        : in.add_once(event::type::repository_created, facts.repository_created(), "repository", at);
    if (made && forked)
        made->data = event::repository_fact{nullptr, std::nullopt, &repository_};
    else if (made)
        made->data = event::repository_fact{};
}

// The ids are those of a webhook that told of just these changes.
void record_fold::add_changed_repository(object const& body, event::repository const* was, event::field_changes changes)
{
    mapping in(*this, body);
    auto const moves = [&](std::string_view field) {
        for (auto const& each : changes)
            if (each.field == field && each.before.index() != 0 && each.after.index() != 0)
                return true;
        return false;
    };
    bool const cloud = record_->product == product::cloud;
    bool const transferred = moves(cloud ? "ownerId" : "projectId");
    auto const machine = in.machine("repository", {});
    auto const at = time_member(body, "updated_on");
    auto facts = in.facts();
    event::event* made = nullptr;
    if (transferred)  // when is not known: updated_on may be that of a later change
        made = in.add_turn(event::type::repository_transferred, machine, facts.repository_transferred(changes),
                           "repository", at);
    else if (cloud && at)
        made = in.add_once(event::type::repository_updated, facts.repository_updated(changes, *at), "repository", at);
    else
        made =
            in.add_turn(event::type::repository_updated, machine, facts.repository_updated(changes), "repository", at);
    if (made && cloud && at && !transferred)
        in.move(machine, facts.repository_updated(changes), std::nullopt);
    if (made)
        made->data = event::repository_fact{was, changes, nullptr};
}

// A webhook that is later than the grace.
bool record_fold::is_reconstructed(event::field_changes changes)
{
    auto const* const found = shard_->find_reconciliation(repository_key_);
    return found && found->itself.reconstructed && has_all(found->itself.known, changes);
}

void record_fold::note_described(event::field_changes changes)
{
    auto* const found = shard_->find_reconciliation(repository_key_);
    if (!found || found->itself.id.empty())
        return;
    auto& of = found->itself;
    of.known = changed(of.known, changes);
    of.record = record_->sequence;
    of.reconstructed = false;
    of.doubted.clear();
    shard_->weigh(*found);
}

// A webhook tells that it is gone, or belongs to another owner: it may come back as a new one.
void record_fold::forget_described()
{
    if (auto* const found = shard_->find_reconciliation(repository_key_)) {
        found->itself = {};
        shard_->weigh(*found);
    }
}

}  // namespace bbstream::normalize
