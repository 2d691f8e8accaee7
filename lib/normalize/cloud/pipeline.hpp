// Runs of Bitbucket Pipelines and their steps, as spans tell of them: when they have ended.
#pragma once

#include "event/build.hpp"
#include "normalize/cloud/span.hpp"

namespace bbstream::normalize::cloud {

// `pipeline` is its id, and `step` the step's.
event::pipeline_run read_run(span const& from, std::string_view pipeline, arena& memory);
event::task_run read_step(span const& from, std::string_view step, arena& memory);

}  // namespace bbstream::normalize::cloud
