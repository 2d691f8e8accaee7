#include "normalize/mapping.hpp"

#include "normalize/hash.hpp"
#include "normalize/head.hpp"
#include "normalize/record_fold.hpp"
#include "normalize/state_key.hpp"

#include <algorithm>

namespace bbstream::normalize {

arena& mapping::memory() const
{
    return fold_.memory_;
}

event::delivery const& mapping::delivery() const
{
    return fold_.delivery_;
}

record_identity const& mapping::who() const
{
    return fold_.who_;
}

std::optional<micros> mapping::date() const
{
    return fold_.date_;
}

push& mapping::changes() const
{
    return fold_.push_;
}

event::facts mapping::facts() const
{
    return facts_of(repository_id());
}

event::facts mapping::facts_of(std::string_view repository) const
{
    return {fold_.name_, fold_.record_->instance, repository};
}

std::string_view mapping::repository_id() const
{
    auto const& who = fold_.who_;
    return who.repository_id.value_or(who.project_id.value_or(std::string_view()));
}

event::text mapping::known_head(std::string_view ref) const
{
    state::ref_state seen;
    if (!fold_.shard_->find_ref(fold_.key_of_ref(ref), seen) || seen.head.none())
        return std::nullopt;
    auto const hash = hash_of(seen.head, memory());
    return is_full_hash(hash) ? event::text(hash) : std::nullopt;
}

event::event* mapping::add_once(event::type type, event::uuid const& id, std::string_view subject,
                                std::optional<micros> at)
{
    if (!fold_.shard_->publish_once(state_key(id), fold_.now_)) {
        count_repeated();
        return nullptr;
    }
    auto& made = fold_.add(type, id, subject);
    fold_.set_time(made, at);
    return &made;
}

bool mapping::has_happened(event::counted_fact fact) const
{
    return fold_.shard_->occurrences(state_key(fact.id(0)), fold_.now_) > 0;
}

bool mapping::is_told(event::uuid const& id) const
{
    return fold_.shard_->is_published(state_key(id), fold_.now_);
}

bool mapping::note(event::uuid const& id)
{
    return fold_.shard_->publish_once(state_key(id), fold_.now_);
}

state::key mapping::machine(std::string_view kind, std::initializer_list<std::string_view> parts) const
{
    auto& name = fold_.name_.begin(kind, fold_.record_->instance).part(repository_id());
    for (auto const part : parts)
        name.part(part);
    return state_key(name);
}

event::event* mapping::add_move(event::type type, state::key const& of, event::counted_fact fact,
                                std::string_view subject, std::optional<micros> at)
{
    if (repeats(of, fact))
        return nullptr;
    move(of, fact, at);
    return &add_counted(type, fact, subject, at);
}

event::event* mapping::add_turn(event::type type, state::key const& of, event::counted_fact fact,
                                std::string_view subject, std::optional<micros> at, std::optional<micros> own)
{
    if (repeats(of, fact, own))
        return nullptr;
    move(of, fact, std::nullopt);
    return &add_counted(type, fact, subject, at, own);
}

// A time that is the very fact's says that it is the one that was counted, wherever the machine stands; one of the
// whole delivery does where the machine has gone on since.
bool mapping::repeats(state::key const& of, event::counted_fact fact, std::optional<micros> own)
{
    auto const counted = state_key(fact.id(0));
    if (fold_.shard_->occurrences(counted, fold_.now_) == 0)
        return false;
    auto const* stands = fold_.shard_->find_machine(of, fold_.now_);
    auto const told = fold_.told();
    auto const same = fold_.happened_then(counted, own);
    bool const stands_there = stands && stands->fact == counted && same.value_or(true);
    bool const gone_on = stands && told && *told < state::to_seconds(stands->mark);
    bool const late = same.value_or(false) && (own || gone_on);
    if (stands_there || late)
        count_repeated();
    return stands_there || late;
}

bool mapping::stands_at(state::key const& of, event::counted_fact fact) const
{
    auto const* stands = fold_.shard_->find_machine(of, fold_.now_);
    return stands && stands->fact == state_key(fact.id(0));
}

void mapping::move(state::key const& of, event::counted_fact fact, std::optional<micros> at)
{
    auto const when = at.value_or(fold_.date_.value_or(fold_.record_->received));
    auto const* stands = fold_.shard_->find_machine(of, fold_.now_);
    if (!stands || when >= stands->mark)
        fold_.shard_->write_machine(of, state_key(fact.id(0)), when, fold_.now_);
}

event::event& mapping::add_counted(event::type type, event::counted_fact fact, std::string_view subject,
                                   std::optional<micros> at, std::optional<micros> own)
{
    auto id = fact.id(0);
    auto const counted = state_key(id);
    auto const before = fold_.shard_->occurrences(counted, fold_.now_);
    fold_.shard_->count_occurrence(counted, fold_.told(own), fold_.now_);
    if (before > 0)
        id = fact.id(before);
    auto& made = fold_.add(type, id, subject);
    fold_.set_time(made, at);
    return made;
}

void mapping::remember(state::key const& of, std::int64_t mark)
{
    fold_.shard_->write_machine(of, {}, mark, fold_.now_);
}

void mapping::forget(state::key const& of)
{
    fold_.shard_->forget_machine(of);
}

std::optional<std::int64_t> mapping::remembered(state::key const& of) const
{
    auto const* found = fold_.shard_->find_machine(of, fold_.now_);
    return found ? std::optional(found->mark) : std::nullopt;
}

std::optional<dated_snapshot> mapping::snapshot(state::key const& of) const
{
    auto const* found = fold_.shard_->find_snapshot(of, fold_.now_);
    return found ? std::optional(dated_snapshot{found->mark, memory().join({found->packed})}) : std::nullopt;
}

void mapping::write_snapshot(state::key const& of, dated_snapshot const& now, bool closed)
{
    fold_.shard_->write_snapshot(of, now.at, now.packed, closed, fold_.now_);
}

bool mapping::is_reconstructed(event::field_changes changes)
{
    bool const told = fold_.is_reconstructed(changes);
    if (told)
        count_repeated();
    return told;
}

void mapping::note_described(event::field_changes changes)
{
    fold_.note_described(changes);
}

void mapping::forget_described()
{
    fold_.forget_described();
}

void mapping::add_spans()
{
    auto const delivery = fold_.delivery_id();
    auto const id = event::delivery_fact(fold_.name_, fold_.record_->instance, delivery, fold_.hashed_.sha256());
    if (auto* made = add_once(event::type::delivery_received, id, memory().join({"deliveries/", delivery}), {}))
        made->data = event::otlp_spans{fold_.document_.text()};
}

void mapping::add_unknown(flaw const& why)
{
    fold_.add_unknown_body(why, true);
}

void mapping::add_unknown_part(flaw const& why, element const& sent, std::string_view position)
{
    fold_.add_unknown_part(why, sent, position);
}

void mapping::add_unknown_without(object const& holder, std::string_view name, std::string_view path)
{
    add_unknown(flaw_of_member(holder, name, path, memory()));
}

void mapping::count_empty()
{
    ++fold_.counts_.empty_pushes;
}

void mapping::count_repeated()
{
    ++fold_.counts_.repeated_facts;
}

flaw flaw_of_member(object const& holder, std::string_view name, std::string_view path, arena& memory)
{
    auto const found = member(holder, name);
    bool const mistyped = found && as_text(*found) != std::string_view();  // an empty text says as much as none
    auto const reason = mistyped ? event::unknown_reason::type_mismatch : event::unknown_reason::missing_fields;
    return make_flaw(reason, {}, path, memory);
}

map_function find_mapping(std::span<mapped_key const> table, std::string_view event_key)
{
    auto const found =
        std::find_if(table.begin(), table.end(), [&](mapped_key const& each) { return each.key == event_key; });
    return found == table.end() ? nullptr : found->map;
}

}  // namespace bbstream::normalize
