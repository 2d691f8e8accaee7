// `bbstream serve`: the daemon.
#pragma once

#include <string>

namespace bbstream::daemon {

struct serve_options {
    std::string config_path;
    bool take_over = false;  // instances that another node serves
};

// Until a signal ends it; the process's exit code.
int run_serve(serve_options const& options);

}  // namespace bbstream::daemon
