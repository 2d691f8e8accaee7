// Runs of Bitbucket Pipelines and their steps, as spans tell of them, when they have ended, and as REST shows them.
#pragma once

#include "event/build.hpp"
#include "normalize/cloud/span.hpp"
#include "state/pipeline_watch.hpp"

namespace bbstream::normalize::cloud {

// `pipeline` is its id, and `step` the step's.
event::pipeline_run read_run(span const& from, std::string_view pipeline, arena& memory);
event::task_run read_step(span const& from, std::string_view step, arena& memory);

struct observed_run {
    event::pipeline_run run;  // the last one of its pipeline
    std::uint64_t number = 1;
    state::run_stage stage = state::run_stage::queued;  // ended: it has
};

// `url` of its repository, if it is known. Nothing where it has no UUID.
std::optional<observed_run> read_observed_run(object const& from, event::text url, arena& memory);
// A step that has run, of that run of the pipeline where it does not say itself which. Nothing where it has not ended,
// has never begun, or has no UUID.
std::optional<event::task_run> read_observed_step(object const& from, std::string_view pipeline, std::uint64_t number,
                                                  arena& memory);

}  // namespace bbstream::normalize::cloud
