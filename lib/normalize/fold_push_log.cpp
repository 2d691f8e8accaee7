// The part of the fold that knows Data Center's push log: where changes of a ref were lost it tells them one by one, as
// their webhooks would have.
#include "normalize/head.hpp"
#include "normalize/record_fold.hpp"
#include "normalize/state_key.hpp"

#include <algorithm>
#include <vector>

namespace bbstream::normalize {

namespace {

using rows = std::vector<datacenter::logged_change>;

// A log of more rows is none.
constexpr std::size_t rows_max = 10'000;

// What leads on from where the ref stands, the oldest first: as far as each change follows the one before it.
rows connected(array const& newest_first, std::string_view ref, state::head stands, arena& memory)
{
    std::vector<element> const all(newest_first.begin(), newest_first.end());
    rows found;
    for (auto each = all.rbegin(); each != all.rend() && all.size() <= rows_max; ++each) {
        auto const fields = as_object(*each);
        if (!fields)
            break;
        auto row = datacenter::read_logged_change(*fields, memory);
        if (row.change.flaw || row.change.data.ref.name != ref || head_of(row.change.old_hash) != stands)
            break;
        stands = head_of(row.change.new_hash);
        row.change.data.reconstructed = true;
        row.change.logged = true;
        found.push_back(row);
    }
    return found;
}

// One that joins the ends.
push_change joined(rows const& of)
{
    auto whole = of.front().change;
    whole.new_hash = of.back().change.new_hash;
    whole.data.new_sha = of.back().change.data.new_sha;
    return whole;
}

}  // namespace

// What is missing is asked for once, as it is where one change has to stand for all.
void record_fold::fold_push_log(observation const& about, object const& body)
{
    auto const list = array_member(body, "values");
    state::head stands;
    if (!about.ref || !list || !may_tell_logged(about, stands))
        return;
    auto const told = connected(*list, *about.ref, stands, memory_);
    if (told.empty())
        return;
    shard_->make_reconciliation(repository_key_).delivered = 0;
    auto const whole = joined(told);
    auto const gap = add_gap(whole, stands, state::request_name(state::request_kind::poll));
    for (auto const& each : told)
        tell_logged(each);
    make_request(whole, state::request_kind::poll, state_key(gap), events_.back().id, stands);
}

// Whether the ref has been in doubt for as long as webhooks may be on their way, and none has moved it since the log
// was read.
bool record_fold::may_tell_logged(observation const& about, state::head& stands)
{
    auto const* const of = shard_->find_reconciliation(repository_key_);
    auto const* const doubt = of ? state::find_named(of->doubts, *about.ref) : nullptr;
    if (!doubt || now_ < doubt->since || now_ - doubt->since < about.grace)
        return false;
    state::ref_state known;
    if (!shard_->find_ref(key_of_ref(*about.ref), known))
        return of->baseline;
    stands = known.head;
    return known.record <= about.asof;
}

void record_fold::tell_logged(datacenter::logged_change const& row)
{
    auto by = delivery_;
    by.actor = row.actor ? memory_.keep(*row.actor) : nullptr;
    by.shared = nullptr;  // the others have another actor, or none
    auto const first = events_.size();
    push_.changes.assign(1, row.change);
    date_ = row.at;
    fold_change(push_.changes.front(), 0);
    date_.reset();
    for (auto& made : std::span(events_).subspan(first)) {
        made.delivery = memory_.keep(by);
        ++counts_.reconstructed_changes;
    }
}

}  // namespace bbstream::normalize
