#include "flow/audit_plan.hpp"

#include <algorithm>

namespace bbstream::flow {

namespace {

std::string records(std::uint64_t first, std::uint64_t last)
{
    return (first == last ? "record " : "records ") + std::to_string(first) +
           (first == last ? std::string() : " to " + std::to_string(last));
}

void skip(audit_plan& plan, std::uint64_t first, std::uint64_t last, std::string const& why)
{
    plan.skips = true;
    plan.notes.push_back(records(first, last) + " can't be folded again: " + why);
}

}  // namespace

result<audit_plan> plan_audit(journal::journal_status const& journal, checkpoint_range const& state,
                              sink::stored_cursor const& committed, audit_wish const& wish)
{
    audit_plan plan;
    if (!committed) {
        plan.notes.emplace_back("the sink has no cursor: nothing is published yet");
        return plan;
    }
    if (committed->journal != journal.identity)
        return failure{failure_kind::invalid, "the sink was filled from another journal"};
    if (committed->sequence > journal.last)
        return failure{failure_kind::corrupt, "the journal has lost " + records(journal.last + 1, committed->sequence) +
                                                  ", which are published"};
    plan.epoch = committed->epoch;
    plan.last = std::min(wish.to.value_or(committed->sequence), committed->sequence);
    if (auto const asked = std::max(wish.to.value_or(0), wish.from.value_or(0)); asked > committed->sequence)
        skip(plan, std::max(committed->sequence + 1, wish.from.value_or(1)), asked, "they are not published yet");

    bool const can_begin = state.lowest + 1 >= journal.first;
    std::uint64_t const exact = can_begin ? state.highest + 1 : plan.last + 1;
    plan.fold_after = state.lowest;
    std::uint64_t wanted = wish.from.value_or(journal.first);
    if (wish.from && wanted < journal.first) {
        skip(plan, wanted, journal.first - 1, "they are no longer in the journal");
        wanted = journal.first;
    }
    plan.first = std::max(wanted, exact);
    if (auto const skipped = std::min(exact - 1, plan.last); wanted <= skipped)
        skip(plan, wanted, skipped, "the fold needs the state before them, and there is no checkpoint of it");
    return plan;
}

}  // namespace bbstream::flow
