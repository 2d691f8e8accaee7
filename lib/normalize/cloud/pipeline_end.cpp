#include "normalize/cloud/pipeline_end.hpp"

#include "state/bounds.hpp"

#include <cstdlib>
#include <string>

namespace bbstream::normalize::cloud {

namespace {

constexpr micros second = 1'000'000;
// What a span and REST say of the same end may differ by so much.
constexpr micros tolerance = micros{state::occurrence_tolerance} * second;

struct ending_names {
    event::type type;
    std::string_view kind;
    std::string_view by_span;
    std::string_view by_rest;
    std::string_view subject;
};

ending_names names_of(ending what)
{
    if (what == ending::run)
        return {event::type::pipelinerun_finished, "pipeline.run", "pipeline.run.span", "pipeline.run.rest",
                "pipelineruns/"};
    return {event::type::taskrun_finished, "pipeline.step", "pipeline.step.span", "pipeline.step.rest", "taskruns/"};
}

event::counted_fact fact_of(event::facts facts, pipeline_end const& of)
{
    return of.what == ending::run ? facts.pipeline_run(of.id, of.run_number, "finished")
                                  : facts.pipeline_step(of.id, of.run_number, "finished");
}

std::string_view subject_of(mapping& in, pipeline_end const& of)
{
    return in.memory().join({names_of(of.what).subject, of.id});
}

// Occurrences are told apart by the second of their end: each has a machine of its own, which moves once.
state::key occurrence(mapping& in, pipeline_end const& of)
{
    return in.machine(names_of(of.what).kind, {of.id, of.run_number ? std::to_string(*of.run_number) : "-",
                                               of.at ? std::to_string(*of.at / second) : "-"});
}

// Whether the last end that was told so is this one, whatever number each of the two gives the run.
bool stands_at_end(mapping& in, std::string_view told_by, pipeline_end const& of)
{
    auto const last = in.remembered(in.machine(told_by, {of.id}));
    return last && std::abs(*last - of.at.value_or(0)) <= tolerance;
}

// REST shows the last occurrence of a run only: a span with its number is of that, whenever it says that it ended.
state::key shown_run(mapping& in, pipeline_end const& of)
{
    return in.machine(names_of(of.what).by_rest, {of.id, std::to_string(of.run_number.value_or(1))});
}

void note_end(mapping& in, std::string_view told_by, pipeline_end const& of)
{
    in.remember(in.machine(told_by, {of.id}), of.at.value_or(0));
}

}  // namespace

event::event* add_span_end(mapping& in, pipeline_end const& of, std::string_view repository)
{
    auto const names = names_of(of.what);
    if (stands_at_end(in, names.by_rest, of) || in.remembered(shown_run(in, of))) {
        in.count_repeated();
        return nullptr;
    }
    auto const machine = occurrence(in, of);
    auto* const made =
        in.add_move(names.type, machine, fact_of(in.facts_of(repository), of), subject_of(in, of), of.at);
    if (made)
        note_end(in, names.by_span, of);
    return made;
}

bool is_told(mapping& in, pipeline_end const& of)
{
    auto const names = names_of(of.what);
    return in.has_happened(fact_of(in.facts(), of)) || stands_at_end(in, names.by_span, of) ||
           stands_at_end(in, names.by_rest, of);
}

event::event& add_observed_end(mapping& in, pipeline_end const& of)
{
    auto const names = names_of(of.what);
    note_end(in, names.by_rest, of);
    in.remember(shown_run(in, of), 0);
    return in.add_counted(names.type, fact_of(in.facts(), of), subject_of(in, of), of.at);
}

}  // namespace bbstream::normalize::cloud
