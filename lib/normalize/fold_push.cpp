// The part of the fold that knows pushes: changes of refs, and the commits that come with them.
#include "base/hex.hpp"
#include "event/facts.hpp"
#include "normalize/cloud/push.hpp"
#include "normalize/datacenter/refs_changed.hpp"
#include "normalize/hash.hpp"
#include "normalize/head.hpp"
#include "normalize/record_fold.hpp"
#include "normalize/ref_rules.hpp"
#include "normalize/state_key.hpp"

#include <algorithm>

namespace bbstream::normalize {

namespace {

event::type type_of(push_change const& change)
{
    return is_zero_hash(change.old_hash)   ? event::type::ref_created
           : is_zero_hash(change.new_hash) ? event::type::ref_deleted
                                           : event::type::ref_updated;
}

}  // namespace

void record_fold::fold_push(object const& body)
{
    bool const cloud = record_->product == product::cloud;
    if (cloud)
        cloud::read_push(body, memory_, push_);
    else
        datacenter::read_refs_changed(body, memory_, push_);
    if (!push_.flaw && !push_.changes.empty() && !who_.repository_id)
        push_.flaw = {event::unknown_reason::missing_fields, "the repository's id is missing"};
    if (push_.flaw) {
        add_unknown_body(*push_.flaw, true);
        return;
    }
    counts_.empty_pushes += push_.changes.empty();
    bool typed = false;
    for (std::size_t index = 0; index < push_.changes.size(); ++index) {
        auto const& change = push_.changes[index];
        if (change.flaw) {
            add_unknown_part(*change.flaw, change.sent, memory_.join({"changes/", std::to_string(index)}));
            continue;
        }
        bool const withheld = withholds_commits(change);
        fold_change(change, index);
        withheld ? withhold_commits(change) : fold_commits(change);
        typed = true;
    }
    if (!typed)
        return;
    shard_->know_repository(repository_key_);
    if (auto* const looked_at = shard_->find_reconciliation(repository_key_)) {
        looked_at->delivered = now_;
        if (lives_changed_ || requests_)
            shard_->weigh(*looked_at);
    }
}

state::key record_fold::key_of_ref(std::string_view ref)
{
    return state_key(name_.begin("head", record_->instance).part(repository_.id).part(ref));
}

void record_fold::fold_change(push_change const& change, std::size_t index)
{
    auto const& ref = change.data.ref.name;
    auto const ref_key = key_of_ref(ref);
    auto named = event::facts(name_, record_->instance, repository_.id).ref(ref, change.old_hash, change.new_hash);
    auto id = named.id(0);
    auto const fact = state_key(id);

    auto const before = head_of(change.old_hash);
    auto const after = head_of(change.new_hash);
    state::ref_state seen;
    ref_knowledge known;
    known.ref = shard_->find_ref(ref_key, seen) ? &seen : nullptr;
    known.repository = shard_->knows_repository(repository_key_);
    known.occurrences = shard_->occurrences(fact, now_);
    known.told = told().value_or(0);
    known.record = record_->sequence;
    if (auto const counted = happened_then(fact))
        known.timing = *counted ? ref_timing::counted : ref_timing::another;
    auto decided = decide(known, before, after);
    if (decided.verdict == ref_verdict::gap && is_published_reconstruction(ref, change.old_hash)) {
        known.reconstructed = true;
        decided = decide(known, before, after);
    }
    if (!decided.is_new()) {
        ++counts_.repeated_changes;
        return;
    }
    counts_.late_changes += decided.verdict == ref_verdict::late || decided.verdict == ref_verdict::late_predecessor;
    auto const next = after_change(known, decided.verdict, before, after);
    shard_->write_ref(ref_key, next);
    note_life(change.data.ref, !next.head.none());
    shard_->count_occurrence(fact, told(), now_);

    if (decided.occurrence > 0)
        id = named.id(decided.occurrence);
    if (change.data.reconstructed && !change.logged)
        shard_->publish_once(reconstruction_from(ref, change.old_hash), now_);
    else if (known.reconstructed && decided.verdict == ref_verdict::late && !is_zero_hash(change.new_hash) &&
             !seen.known.contains(after.prefix()))
        // What was found stands for the changes from here on, too, up to where it ends, which is a head that is known.
        shard_->publish_once(reconstruction_from(ref, change.new_hash), now_);
    auto const missing = missing_at(change, decided.verdict);
    state::key gap;
    if (missing && *missing != state::request_kind::unlisted &&
        (known.repository || *missing != state::request_kind::truncated))
        gap = state_key(add_gap(change, seen.head, state::request_name(*missing)));
    auto& made = add(type_of(change), id, ref);
    set_time(made, std::nullopt);
    auto data = change.data;
    data.push_index = index;
    data.push_count = push_.changes.size();
    made.data = data;
    if (missing)
        make_request(change, *missing, gap, id, seen.head);
}

std::optional<state::request_kind> record_fold::missing_at(push_change const& change, ref_verdict verdict)
{
    if (change.logged)
        return std::nullopt;  // what is missing is asked for once, for all that the log tells of the ref
    if (change.data.reconstructed)
        return state::request_kind::poll;
    if (verdict == ref_verdict::gap)
        return state::request_kind::chain;
    if (lacks_commits(change))
        return state::request_kind::truncated;
    return lacks_list(change) ? std::optional(state::request_kind::unlisted) : std::nullopt;
}

// Marks that a change of the ref from this head was found by looking: the deliveries that it stands for may be late.
state::key record_fold::reconstruction_from(std::string_view ref, std::string_view old_hash) const
{
    event::fact_name name;
    return state_key(name.begin("reconstructed", record_->instance).part(repository_.id).part(ref).part(old_hash));
}

bool record_fold::is_published_reconstruction(std::string_view ref, std::string_view old_hash) const
{
    return shard_->is_published(reconstruction_from(ref, old_hash), now_);
}

// So that a ref whose deletion is lost is missed when REST does not show it.
void record_fold::note_life(event::ref const& ref, bool lives)
{
    if (ref.type != "other" && state::set_live(shard_->make_reconciliation(repository_key_), ref.name, lives))
        lives_changed_ = true;
}

// Before the change's own event, so that a reader learns first that something is missing (decisions: Envelope and
// order).
event::uuid record_fold::add_gap(push_change const& change, state::head const& known, std::string_view reason)
{
    auto const& of = change.data;
    std::string_view const head = known.none() ? no_hash : memory_.join({to_hex({known.data(), known.size()})});
    auto named = event::facts(name_, record_->instance, repository_.id)
                     .gap(of.ref.name, head, change.old_hash, change.new_hash, reason);
    auto id = named.id(0);
    auto const fact = state_key(id);
    if (auto const before = shard_->occurrences(fact, now_); before > 0)
        id = named.id(before);
    shard_->count_occurrence(fact, std::nullopt, now_);
    auto& made = add(event::type::system_gap_detected, id, of.ref.name);
    set_time(made, std::nullopt);
    auto const shown = is_full_hash(head) && !is_zero_hash(head) ? event::text(head) : std::nullopt;
    made.data = event::gap_detected{of.ref, shown, of.old_sha, of.new_sha, reason};
    ++counts_.gaps;
    return id;
}

// A push lists some of its commits only. Where the list goes back to one that is known, or to the old head, none is
// missing that matters.
bool record_fold::lacks_commits(push_change const& change)
{
    auto const& list = change.data.commits;
    if (!list || list->complete || list->items.empty() || change.data.ref.type != "branch")
        return false;
    auto const& oldest = list->items.back();
    if (std::ranges::find(oldest.parents, change.old_hash) != oldest.parents.end())
        return false;
    auto const fact = event::facts(name_, record_->instance, repository_.id).commit(oldest.hash);
    return !shard_->is_published(state_key(fact), now_);
}

// Data Center lists the commits of a push that is one change at best. What leads to a commit that was told lacks none.
bool record_fold::lacks_list(push_change const& change)
{
    auto const& data = change.data;
    if (data.commits || data.ref.type != "branch" || is_zero_hash(change.new_hash))
        return false;
    auto const head = event::facts(name_, record_->instance, repository_.id).commit(change.new_hash);
    return !shard_->is_published(state_key(head), now_);
}

// Oldest first; both products list the newest first. What a tag or a deletion brings was pushed on a branch.
void record_fold::fold_commits(push_change const& change)
{
    auto const& data = change.data;
    if (!data.commits || data.ref.type != "branch" || is_zero_hash(change.new_hash))
        return;
    std::uint64_t order = 0;
    for (auto commit = data.commits->items.rbegin(); commit != data.commits->items.rend(); ++commit)
        fold_commit(*commit, data.ref, order++);
}

bool record_fold::fold_commit(event::commit const& commit, event::ref const& on, std::uint64_t order,
                              state::key const& cause)
{
    if (commit.hash.empty())
        return false;
    auto const id = event::facts(name_, record_->instance, repository_.id).commit(commit.hash);
    if (!shard_->publish_once(state_key(id), now_))
        return false;
    auto& made = add(event::type::commit_added, id, memory_.join({"commits/", commit.hash}));
    set_time(made, commit.date);
    if (cause != state::key())
        made.cause = memory_.keep(uuid_of(cause));
    made.data = event::commit_added{&commit, on, order};
    return true;
}

}  // namespace bbstream::normalize
