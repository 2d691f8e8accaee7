// `bbstream config`: checking a configuration, and an example of one.
#pragma once

#include <string>

namespace bbstream::command {

struct config_check_options {
    std::string path;
    bool strict = false;
};

// Syntax, keys and values always count. That a secret or a certificate can't be read may be this user's lack of
// permission only: a warning on standard error, and a failure where `strict`. Gives the exit code.
int run_config_check(config_check_options const& options);

int run_config_example();

}  // namespace bbstream::command
