// The part of the fold that knows what is missing: what is asked for, and what became of the asking.
#include "event/facts.hpp"
#include "normalize/head.hpp"
#include "normalize/record_fold.hpp"
#include "normalize/requests.hpp"
#include "normalize/state_key.hpp"
#include "normalize/told.hpp"

#include <algorithm>

namespace bbstream::normalize {

namespace {

// What is known of a change for which nothing could be had: that it is missing.
constexpr std::uint64_t all_that_is_known = 1;

// What is asked for of a repository as a whole has no ref.
constexpr std::string_view whole_repository = "repository";

// Of those that REST has shown: one look may show one for each ref, and fills them itself.
constexpr std::size_t polled_max = 20'000;

std::size_t bound_of(state::request_kind made)
{
    switch (made) {
        case state::request_kind::unlisted:
            return state::unlisted_max;
        case state::request_kind::poll:
            return polled_max;
        default:
            return state::requests_max;
    }
}

// Whether one that is there counts against the bound of one that is made.
bool shares_bound(state::request_kind there, state::request_kind made)
{
    bool const by_webhooks = made == state::request_kind::truncated || made == state::request_kind::chain;
    return by_webhooks ? there != state::request_kind::poll : there == made;
}

}  // namespace

// Webhooks alone make what is taken up later. What REST has shown is being looked at just now.
void record_fold::make_request(push_change const& change, state::request_kind kind, state::key const& gap,
                               event::uuid const& id, state::head const& known)
{
    bool const polled = kind == state::request_kind::poll;
    bool const askable = is_full_hash(is_zero_hash(change.new_hash) ? change.old_hash : change.new_hash);
    if (who_.by_name || !askable || (!polled && record_->origin != journal::origin::webhook))
        return;
    state::request made;
    made.kind = kind;
    made.ref = change.data.ref.name;
    made.before = head_of(change.old_hash);
    made.after = head_of(change.new_hash);
    made.gap = gap;
    made.change = state_key(id);
    made.known = known;
    made.made = now_;
    if (polled) {
        made.run = record_->sequence;
        add_started(made);
    }
    if (polled && made.after.none()) {  // there is nothing to list behind it
        add_finished(made, 0);
        return;
    }
    auto& of = shard_->make_reconciliation(repository_key_);
    make_room(of, kind);
    of.instance = record_->instance;
    of.repository = repository_.id;
    of.requests.push_back(std::move(made));
    requests_ |= !polled;
}

// Where nobody fills them they must not grow without end.
void record_fold::make_room(state::reconciliation& of, state::request_kind kind)
{
    auto const counts = [&](state::request const& each) { return shares_bound(each.kind, kind); };
    std::size_t const most = bound_of(kind);
    // All are counted only where there are so many: a look may make one after the other.
    if (of.requests.size() < most || std::ranges::count_if(of.requests, counts) < static_cast<std::ptrdiff_t>(most))
        return;
    auto const oldest = std::ranges::find_if(of.requests, counts);
    tell_withheld(*oldest);
    end_filling(of, oldest->change, all_that_is_known);
}

void record_fold::begin_filling(state::request& one)
{
    if (one.run != 0)
        return;
    one.run = record_->sequence;
    if (one.has_gap())
        add_started(one);
}

void record_fold::end_filling(state::reconciliation& of, state::key const& change, std::uint64_t missing)
{
    auto const* const ended = state::find_request(of, change);
    if (!ended)
        return;
    if (ended->has_gap())
        add_finished(*ended, missing);
    of.requests.erase(of.requests.begin() + (ended - of.requests.data()));
}

// It could not be filled just now, or can't be at all.
void record_fold::fold_outcome(observation const& about)
{
    auto* const of = shard_->find_reconciliation(repository_key_);
    auto const change = about.request ? key_of_text(*about.request) : state::key();
    auto* const one = of ? state::find_request(*of, change) : nullptr;
    if (!one)
        return;
    if (about.outcome == unpolled_outcome)
        return tell_withheld(*one);
    begin_filling(*one);
    one->tried = now_;
    bool const again = about.outcome == "failed" && ++one->tries < state::request_tries_max;
    of->unreachable |= !again;
    if (again)
        return;
    tell_withheld(*one);
    end_filling(*of, change, all_that_is_known);
}

// A change that REST has shown and whose commits are listed, or need not be.
void record_fold::end_polled(state::reconciliation& of)
{
    auto const is_ahead = [&](state::request const& each) {
        auto const* seen = state::find_named(of.observed, each.ref);
        auto const* told = state::find_named(of.reconciled, each.ref);
        return seen && (!told || told->head != seen->head);
    };
    auto const is_over = [&](state::request const& each) {
        return each.kind == state::request_kind::poll && !is_ahead(each);
    };
    for (auto const& each : of.requests)
        if (is_over(each) && each.has_gap())
            add_finished(each, 0);
    std::erase_if(of.requests, is_over);
}

// A listing has ended before it came to what is told: the rest is not asked for.
void record_fold::end_cut(state::reconciliation& of)
{
    std::uint64_t missing = untold(of);
    for (std::uint32_t at = 0; at < of.wanted.size(); ++at) {
        auto const behind = untold(of, at);
        auto const* const open = polled_on(of, of.wanted[at].name);
        if (!open || behind == 0)
            continue;
        missing -= behind;
        end_filling(of, state::key(open->change), behind);
    }
    if (missing == 0)
        return;
    state::request whole;
    whole.kind = state::request_kind::poll;
    whole.ref = whole_repository;
    whole.run = record_->sequence;
    whole.found = of.listed;
    add_started(whole);
    add_finished(whole, missing);
}

state::request* record_fold::polled_on(state::reconciliation& of, std::string_view ref)
{
    auto const at = std::ranges::find_if(of.requests, [&](state::request const& each) {
        return each.kind == state::request_kind::poll && each.ref == ref;
    });
    return at == of.requests.end() ? nullptr : &*at;
}

void record_fold::add_started(state::request const& of)
{
    auto const scope = memory_.join({of.ref});
    auto const id = event::backfill_started_fact(name_, record_->instance, scope, repository_.id, of.run);
    auto& made = add(event::type::system_backfill_started, id, memory_.join({"backfills/", std::to_string(of.run)}));
    set_time(made, std::nullopt);
    if (of.has_gap())
        made.cause = memory_.keep(uuid_of(of.gap));
    made.data = event::backfill_started{scope, of.run, state::request_name(of.kind)};
}

void record_fold::add_finished(state::request const& of, std::uint64_t unfillable)
{
    auto const scope = memory_.join({of.ref});
    auto const run = of.run != 0 ? of.run : record_->sequence;
    auto const id = event::backfill_finished_fact(name_, record_->instance, scope, repository_.id, run);
    auto& made = add(event::type::system_backfill_finished, id, memory_.join({"backfills/", std::to_string(run)}));
    set_time(made, std::nullopt);
    if (of.has_gap())
        made.cause = memory_.keep(uuid_of(of.gap));
    made.data = event::backfill_finished{scope, run, unfillable == 0 ? "filled" : "unfillable", of.found, unfillable};
}

}  // namespace bbstream::normalize
