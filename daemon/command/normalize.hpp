// `bbstream normalize`: one webhook body in, its events out as JSON lines.
#pragma once

#include "base/product.hpp"

#include <string>

namespace bbstream::command {

struct normalize_options {
    product platform = product::cloud;
    std::string event_key;
    std::string instance;  // empty: the platform's name
    std::string file;      // empty: standard input
};

// As the first record of a fresh journal, received now. Gives the exit code: 0, or 1 with one line on standard error
// where the body can't be read or is no JSON object. A body that means nothing (a push without changes) prints nothing.
int run_normalize(normalize_options const& options);

}  // namespace bbstream::command
