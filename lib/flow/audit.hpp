// audit: the retained journal, folded again, against what lies in the sink.
#pragma once

#include "flow/audit_plan.hpp"
#include "flow/comparison.hpp"
#include "sink/reader.hpp"

#include <cstdint>
#include <functional>

namespace bbstream::flow {

struct audit_report {
    audit_plan plan;
    comparison compared;
    std::uint64_t replayed = 0;           // left out: what bborigin=replay came from
    std::uint64_t of_earlier_epochs = 0;  // left out
    std::uint64_t out_of_reach = 0;       // expected, but older than what the sink still has of their topic
    bool gave_up = false;                 // more is wrong than can be held: the rest was not looked at

    // Something is wrong, or nothing of what was asked for could be compared.
    bool failed() const;
};

// Replaces a batch by the next expected events, in order of their positions; false behind those of the plan's last
// record.
using expected_events = std::function<result<bool>(event::batch&)>;

// `from` was opened before the journal, and gave the plan's cursor. Memory: what `expected` gives at once, an event a
// source, and comparison::unsettled_max. Errors: those of both.
result<audit_report> run_audit(audit_plan plan, expected_events const& expected, sink::reader& from);

}  // namespace bbstream::flow
