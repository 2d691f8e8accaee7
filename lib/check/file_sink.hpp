// Whether the file sink can write.
#pragma once

#include "check/line.hpp"
#include "config/config.hpp"

namespace bbstream::check {

// Makes a file without a name in the sink's directory, which nobody sees.
lines check_file_sink(config::sink const& sink);

}  // namespace bbstream::check
