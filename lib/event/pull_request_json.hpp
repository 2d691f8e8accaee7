// Pull requests as JSON.
#pragma once

#include "event/data_writer.hpp"

namespace bbstream::event {

// The member `pullRequest`.
void write_pull_request(data_writer& into, pull_request const& what);

// Whether this step of trimming may take something away from it.
bool shortens_pull_request(trim step, pull_request const& what);

}  // namespace bbstream::event
