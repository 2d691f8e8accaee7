#include "flow/resume.hpp"

#include <algorithm>

namespace bbstream::flow {

namespace {

std::string range(std::uint64_t first, std::uint64_t last)
{
    return std::to_string(first) + " to " + std::to_string(last);
}

void take_cursor(resume_plan& plan, journal::journal_status const& journal, sink::stored_cursor const& committed)
{
    if (!committed)
        return;
    auto const& cursor = *committed;
    if (cursor.journal != journal.identity) {
        plan.epoch = cursor.epoch + 1;
        plan.warnings.push_back("the sink was filled from another journal: epoch " + std::to_string(plan.epoch) +
                                " begins with this journal's first record");
    } else if (cursor.sequence > journal.last) {
        plan.epoch = cursor.epoch + 1;
        plan.published = journal.last;
        plan.warnings.push_back("the journal has lost records " + range(journal.last + 1, cursor.sequence) +
                                ", which are published: epoch " + std::to_string(plan.epoch) + " begins");
    } else {
        plan.epoch = cursor.epoch;
        plan.published = cursor.sequence;
    }
}

}  // namespace

resume_plan plan_resume(journal::journal_status const& journal, sink::stored_cursor const& committed)
{
    resume_plan plan;
    take_cursor(plan, journal, committed);
    std::uint64_t const trimmed = journal.first - 1;
    if (plan.published < trimmed) {
        plan.warnings.push_back("records " + range(plan.published + 1, trimmed) +
                                " are no longer in the journal and not in this sink");
        plan.published = trimmed;
    }
    return plan;
}

std::uint64_t fold_after(journal::journal_status const& journal, std::uint64_t applied,
                         std::vector<std::string>& warnings)
{
    std::uint64_t const trimmed = journal.first - 1;
    if (applied >= trimmed)
        return applied;
    warnings.push_back("records " + range(applied + 1, trimmed) +
                       " are no longer in the journal: what the fold knew from them can't be rebuilt");
    return trimmed;
}

}  // namespace bbstream::flow
