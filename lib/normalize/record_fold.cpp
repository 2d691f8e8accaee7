#include "normalize/record_fold.hpp"

#include "normalize/cloud/entities.hpp"
#include "normalize/cloud/keys.hpp"
#include "normalize/datacenter/entities.hpp"
#include "normalize/datacenter/keys.hpp"
#include "normalize/state_key.hpp"

#include <exception>
#include <new>

namespace bbstream::normalize {

namespace {

// The index in `sequence` has six digits.
constexpr std::size_t events_max = 999'999;

// Memory for more elements than this is given back after the record that needed it.
constexpr std::size_t kept_elements_max = 1024;

template <class T>
void clear(std::vector<T>& list)
{
    if (list.capacity() > kept_elements_max)
        list = {};
    list.clear();
}

}  // namespace

std::span<event::event const> record_fold::apply(journal::record const& record)
{
    reset();
    record_ = &record;
    now_ = state::to_seconds(record.received);
    body_ = without_byte_order_mark(record.body);
    hashed_.set(record.body);
    delivery_ = read_delivery(record, memory_);
    delivery_.shared = &shared_;
    auto const body = document_.parse(body_);
    // A delivery says itself whose it is; of an answer the one who asked does.
    about_ = record.meta.empty() ? std::nullopt : meta_.parse(record.meta);
    auto const& speaks = record.meta.empty() ? body : about_;
    who_ = speaks ? identify(record.product, *speaks, memory_) : record_identity();
    place(delivery_, who_, memory_);

    repository_key_ =
        state_key(name_.begin("repository", record.instance).part(who_.repository_id.value_or(std::string_view())));
    std::size_t const shard = state::state::shard_of(repository_key_);
    if (record.sequence > state_.applied(shard)) {
        shard_ = &state_.shard(shard);
        fold_or_give_up(body);
        shard_->forget(now_);
        bound_events();
    }
    state_.advance(record.sequence);
    return events_;
}

// One record that can't be folded does not stop those behind it. What it has changed in the state stays: the same
// record changes it the same way whenever it is folded. Want of memory is no fault of the record's.
void record_fold::fold_or_give_up(std::optional<object> const& body)
{
    try {
        fold_record(body);
    } catch (std::bad_alloc const&) {
        throw;
    } catch (std::exception const& why) {
        clear(events_);
        auto& made = add(event::type::dead_letter, {}, {});
        made.data = event::dead_letter{memory_.join({"folding failed: ", why.what()}), record_->body};
        ++counts_.failed_records;
    }
}

void record_fold::reset()
{
    clear(events_);
    clear(push_.changes);
    push_.clear();
    memory_.clear();
    withheld_.clear();
    shared_.clear();
    repository_ = {};
    actor_ = {};
    date_.reset();
    lives_changed_ = false;
    requests_ = false;
}

void record_fold::fold_record(std::optional<object> const& body)
{
    bool const datacenter = record_->product == product::datacenter;
    if (body && delivery_.event_key.empty() && datacenter)
        delivery_.event_key = filled_member(*body, "eventKey").value_or(std::string_view());
    if (delivery_.event_key.empty())
        delivery_.event_key = "unknown";
    if (datacenter && delivery_.event_key == "diagnostics:ping") {
        ++counts_.pings;
        return;
    }
    if (!record_->meta.empty()) {
        if (about_)
            read_entities(*about_);
        fold_observation(read_observation(about_), body);
        return;
    }
    auto const judged = judge_arrival(delivery_, hashed_, now_, name_, *shard_);
    if (judged == arrival::repeated) {
        ++counts_.repeated_deliveries;
        return;
    }
    if (judged == arrival::reused_id)
        ++counts_.reused_delivery_ids;
    if (!body) {
        add_unknown_body({event::unknown_reason::type_mismatch, document_.problem()}, false);
        return;
    }
    read_entities(*body);
    if (delivery_.event_key == (datacenter ? "repo:refs_changed" : "repo:push"))
        fold_push(*body);
    else if (auto const map =
                 datacenter ? datacenter::mapping_of(delivery_.event_key) : cloud::mapping_of(delivery_.event_key))
        fold_mapped(*body, map);
    else
        add_unknown_body({event::unknown_reason::unknown_key, "there is no type for this event key"}, true);
}

void record_fold::fold_mapped(object const& body, map_function map)
{
    mapping in(*this, body);
    map(in);
    note_ended_runs();
}

void record_fold::read_entities(object const& body)
{
    bool const cloud = record_->product == product::cloud;
    if (!cloud)
        date_ = time_member(body, "date");
    counts_.named_repositories += who_.by_name;
    if (who_.repository_id) {
        repository_.id = *who_.repository_id;
        if (who_.repository)
            repository_ = cloud ? cloud::read_repository(*who_.repository, repository_.id, memory_)
                                : datacenter::read_repository(*who_.repository, repository_.id, memory_);
        delivery_.repository = &repository_;
    }
    if (auto const actor = object_member(body, "actor")) {
        actor_ = cloud ? cloud::read_account(*actor, memory_) : datacenter::read_user(*actor, memory_);
        delivery_.actor = &actor_;
    }
}

event::event& record_fold::add(event::type type, event::uuid const& id, std::string_view subject)
{
    auto& made = events_.emplace_back();
    made.type = type;
    made.position = {record_->sequence, static_cast<std::uint32_t>(events_.size() - 1)};
    made.id = id;
    made.subject = subject;
    made.delivery = &delivery_;
    return made;
}

std::optional<state::seconds> record_fold::told(std::optional<micros> own) const
{
    auto const at = own ? own : date_;
    return at ? std::optional(state::to_seconds(*at)) : std::nullopt;
}

std::optional<bool> record_fold::happened_then(state::key const& fact, std::optional<micros> own) const
{
    auto const at = told(own);
    return at ? shard_->occurred_at(fact, *at, now_) : std::nullopt;
}

// The fact's own time, else that of the delivery, else when it was received.
void record_fold::set_time(event::event& of, std::optional<micros> own) const
{
    auto const told = own ? own : date_;
    of.time = told.value_or(record_->received);
    auto const telling = record_->meta.empty() ? event::time_basis::payload : event::time_basis::rest;
    of.basis = told ? telling : event::time_basis::received;
}

void record_fold::bound_events()
{
    if (events_.size() <= events_max)
        return;
    clear(events_);
    auto& made = add(event::type::dead_letter, {}, {});
    made.data = event::dead_letter{"the record holds more than 999999 events", record_->body};
}

}  // namespace bbstream::normalize
